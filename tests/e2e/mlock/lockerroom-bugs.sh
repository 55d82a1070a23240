#!/bin/bash
# labels: engine
# What LockerRoom does wrong, mlock does not: a case for each of the bugs that a user could meet.
. "$CASE_DIR/servers.bash"
engine
export MLOCK_STORE=$uri MLOCK_COMPAT_LOCKERROOM=true
put() { printf '%s\n' "$1" | mongo-retry upsert --uri "$uri" --into locks.locks; }
old='{"$date":{"$numberLong":"1400000000000"}}'

echo '# 1: waiting for one lock takes no other, however old that is'
put "{\"_id\":\"stranger\",\"locked\":true,\"owner\":\"ada\",\"timestamp\":$old,\"expire\":30}"
mlock acquire --lease=1h job >lock
try mlock acquire --wait=700ms job
mongo-retry find --uri "$uri" --from locks.locks --filter '{"_id":"stranger"}' --projection '{"_id":0,"owner":1,"locked":1}'

echo '# 2: a lock that another process made after we began'
mkfifo go
mlock run job2 -- sh -c 'read -r line <go' &
first=$!
mlock wait --held job2
mlock run -v --wait=inf job2 -- echo had after the other 2>messages &
second=$!
until_true test -s messages
echo >go
wait "$first" "$second"

echo '# 3: a document that is deleted under a process that waits'
mlock acquire --lease=1h job3 >lock
mlock run -v --wait=inf job3 -- echo had after the deletion 2>messages &
second=$!
until_true test -s messages
# As LockerRoom deletes: with the document goes the lock.
put '{"_id":"job3"}'
wait "$second"
try mlock status job3

echo '# 4: no expire, or a lock that is not there'
put "{\"_id\":\"job4\",\"locked\":true,\"owner\":\"ada\",\"timestamp\":$old}"
try mlock status job4
try mlock acquire job4
try mlock status never

echo '# 5: our clock has nothing to say, nor has our time zone'
mlock acquire --lease=1h job5 >lock
TZ=Asia/Tokyo try mlock acquire job5
mlock status --json job5 | jq '.holders[0].left > 3000'

echo '# 6: what others change between a look and the taking counts: eight at once, one has it'
for _ in {1..8}; do
    mlock run job6 -- sh -c 'echo had; read -r line <go' 2>/dev/null &
    pids+=("$!")
done >had
mlock wait --held job6
busy() { [ "$(pgrep -c -P $$ -x mlock)" = 1 ]; }
until_true busy
cat had
echo >go
wait

echo '# 7: release asks whose the lock is, before it does anything'
mlock acquire --lease=1h job7 >lock
try mlock release --nonce=strange job7
try mlock status job7

echo '# 8: renewing a free lock, or one that another has, does nothing'
nonce=$(jq -r .nonce lock)
mlock release "--nonce=$nonce" job7
try mlock renew "--nonce=$nonce" job7
try mlock status job7
mlock acquire --lease=1h job7 >/dev/null
try mlock renew "--nonce=$nonce" job7

echo '# 9: a body that fails gives the lock back'
try mlock run job9 -- sh -c 'exit 5'
try mlock run job9 -- no-such-command
try mlock status job9

echo '# 10: a time of 0 is no time, not for ever'
mlock acquire --lease=1h job10 >lock
try mlock acquire --wait=0 job10
try mlock wait --wait=0 job10

echo '# 11: a lease of 0 is none'
try mlock acquire --lease=0 job11
try mlock status job11

echo '# 12: a document that was replaced: we lose the lock, and tokens go on growing'
try mlock run --lease=1s job12 -- sh -c '
    echo "$MLOCK_TOKEN" >token
    echo "{\"_id\":\"job12\",\"locked\":true,\"owner\":\"thief\",\"timestamp\":{\"\$date\":{\"\$numberLong\":\"1400000000000\"}},\"expire\":1}" |
        mongo-retry upsert --uri "$MLOCK_STORE" --into locks.locks
    sleep 100'
try mlock status job12 | sed 's/ago.*/ago/'
mlock acquire job12 | jq ".token > $(cat token)"

echo '# 13: held for longer than its lease, it is renewed'
mlock run --lease=300ms job13 -- sh -c 'read -r line <go; echo still ours' &
first=$!
mlock wait --held job13
try mlock wait --wait=1s job13
echo >go
wait "$first"
