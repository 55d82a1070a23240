#!/bin/bash
# Signals that mlock gets are the command's.
. "$CASE_DIR/servers.bash"
export MLOCK_STORE=file:locks
cat >reports <<'END'
for signal in HUP INT QUIT TERM USR1 USR2; do trap "echo got $signal; exit 33" "$signal"; done
echo ready >ready
while :; do sleep 0.02; done
END
for signal in HUP INT QUIT TERM USR1 USR2; do
    rm -f ready
    env --default-signal=INT,QUIT mlock run job -- sh reports >got 2>&1 &
    pid=$!
    until_true test -s ready
    kill "-$signal" "$pid"
    wait "$pid"
    echo "exit code $?"
    grep got got
done
echo '# a command that has no trap'
rm -f ready
mlock run job -- sh -c 'echo ready >ready; exec sleep 100' &
pid=$!
until_true test -s ready
kill -TERM "$pid"
wait "$pid"
echo "exit code $?"
echo '# its children too'
rm -f ready
mlock run job -- sh -c 'trap "exit 3" TERM; sh -c "trap \"echo child; exit\" TERM; echo ready >ready; while :; do sleep 0.02; done" & wait; wait' 2>/dev/null &
pid=$!
until_true test -s ready
kill -TERM "$pid"
wait "$pid"
echo "exit code $?"
echo '# stopped and going on: SIGTSTP stops the command, SIGCONT lets both go on'
rm -f ready
mlock run --lease=1h job -- sh -c 'trap "echo went on; exit 5" CONT; echo $$ >ready; while :; do sleep 0.02; done' &
pid=$!
until_true test -s ready
kill -TSTP "$pid"
stopped() { [[ $(cut -d' ' -f3 "/proc/$1/stat") = T ]]; }
until_true stopped "$(cat ready)"
kill -CONT "$pid"
wait "$pid"
echo "exit code $?"
echo '# ignored from the start, ignored by the command'
(trap '' HUP && exec mlock run job -- sh -c 'kill -HUP $$; echo still here')
try mlock status job
