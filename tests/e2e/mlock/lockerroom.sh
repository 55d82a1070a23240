#!/bin/bash
# labels: engine
# Beside a LockerRoom client in one collection; and its thirteen mistakes, none of which mlock makes or suffers from.
. "$CASE_DIR/servers.bash"
engine
export MLOCK_STORE=$uri MLOCK_COMPAT_LOCKERROOM=true BRADAWL_MONGODB_URI=$uri

# What that client does to the collection, an operation a call: lockerroom lock|release|steal NAME [OWNER].
cat >lockerroom.py <<'PYTHON'
import datetime, os, sys
import pymongo
locks = pymongo.MongoClient(os.environ["BRADAWL_MONGODB_URI"])["locks"]["locks"]
what, name, owner = (sys.argv[1:] + [None])[:3]
taken = {"locked": True, "owner": owner, "timestamp": datetime.datetime.utcnow()}
if what == "lock":
    try:
        locks.insert_one({"_id": name, **taken})
        found = True
    except pymongo.errors.DuplicateKeyError:
        found = locks.find_one_and_replace({"_id": name, "locked": False}, taken)
elif what == "release":
    found = locks.find_one_and_replace({"_id": name}, {"locked": False, "owner": None, "timestamp": None})
else:  # any old lock at all
    found = locks.find_one_and_replace({"timestamp": {"$lt": datetime.datetime(2100, 1, 1)}}, taken)
print(what, name, "done" if found else "refused")
PYTHON
lockerroom() { /usr/bin/python3 "$SCRATCH/lockerroom.py" "$@"; }
document() { mongo-retry find --from locks.locks --filter "{\"_id\":\"$1\"}"; }
token() { document "$1" | jq .token; }

echo '# each respects the other'
lockerroom lock a eve
try mlock acquire --owner=adam a
try mlock status a
lockerroom release a
try mlock run --owner=adam a -- true
first=$(token a)
mlock acquire --owner=adam a >lock
lockerroom lock a eve
document a | jq -c '[keys[], .locked, .owner, .expire, (.timestamp | type)]'
mlock release --nonce="$(jq -r .nonce lock)" a
document a | jq -c '[.locked, .owner, .timestamp, .expire]'

echo '# 12: it replaces whole documents; tokens grow all the same, also when one is deleted'
[ "$(jq .token lock)" -gt "$first" ] && echo grown
lockerroom lock a eve
lockerroom release a
document a | jq -c 'has("token")'
mlock acquire a | jq ".token > $(jq .token lock)"

echo '# 4: documents with and without an end'
printf '%s\n' '{"_id":"endless","locked":true,"owner":"eve","timestamp":{"$date":"2014-05-01T00:00:00Z"}}' \
    '{"_id":"null","locked":true,"owner":null,"timestamp":{"$date":"2014-05-01T00:00:00Z"},"expire":null}' \
    '{"_id":"text","locked":true,"owner":"eve","timestamp":{"$date":"2014-05-01T00:00:00Z"},"expire":"30"}' \
    '{"_id":"over","locked":true,"owner":"eve","timestamp":{"$date":"2014-05-01T00:00:00Z"},"expire":30}' \
    '{"_id":"live","locked":true,"owner":"eve","timestamp":{"$date":"2100-01-01T00:00:00Z"},"expire":0.5}' \
    '{"_id":"free","locked":false,"owner":null,"timestamp":null}' | mongo-retry insert -q --into locks.locks
for name in endless null text over live free never; do
    mlock run "$name" -- true >out 2>&1
    echo "$name: $?"
done

echo '# 1: it steals any old lock; a free one of ours has no time to be old by, a stolen one is noticed'
mongo-retry count --from locks.locks --filter '{"_id":"over","timestamp":{"$lt":{"$date":"2100-01-01T00:00:00Z"}}}'
mongo-retry count --from locks.locks --filter '{}' >/dev/null
/usr/bin/python3 - <<'PYTHON'
import os, pymongo
pymongo.MongoClient(os.environ["BRADAWL_MONGODB_URI"])["locks"]["locks"].delete_many({})
PYTHON
mlock run --lease=600ms prey -- sleep 1000 2>lost &
until_true mlock wait --held -w 0.2s prey
lockerroom steal thief mallory
wait $!
echo "ends with $?"
cat lost

echo '# 7: it releases what others hold; we do not'
lockerroom release prey
mlock run --lease=600ms prey -- sleep 1000 2>lost &
until_true mlock wait --held -w 0.2s prey
lockerroom release prey
wait $!
echo "ends with $?"
mlock acquire prey >lock
try mlock release --nonce=another prey

echo '# 8: it touches free locks'
mlock release --nonce="$(jq -r .nonce lock)" prey
try mlock renew --nonce="$(jq -r .nonce lock)" prey
document prey | jq -c .timestamp

echo '# 9: a failure leaves it locked'
try mlock run prey -- false
try mlock status prey

echo '# 2, 3: a lock that others made, or deleted, after our start'
lockerroom lock late eve
try mlock acquire late
lockerroom release late
mlock acquire late | jq -r .name

echo '# 10, 11: no time to wait, no length of a lease'
try mlock acquire --wait=0 late
try mlock acquire --lease=0 late

echo '# places of a lock are nothing that it could read'
try mlock acquire --count=2 other
