#!/bin/bash
# What a majority has not confirmed in time is sent again; what never can be ends with the fate unknown and listed.
. "$CASE_DIR/servers.bash"
mock '{"set": "rs0", "rules": [
    {"on": "insert", "nth": 1, "merge": {"writeConcernError": {"code": 64, "codeName": "WriteConcernFailed", "errmsg": "waiting for replication timed out"}}},
    {"on": "update", "nth": 1, "merge": {"writeConcernError": {"code": 64, "errmsg": "waiting for replication timed out"}}},
    {"on": "insert", "nth": 3, "times": 0, "merge": {"writeConcernError": {"code": 100, "codeName": "UnsatisfiableWriteConcern", "errmsg": "not enough data-bearing nodes"}}}]}'
seq 1 3 | sed 's/.*/{"_id":&}/' | mongo-retry insert --uri "$uri" --into d.c 2>messages
echo "exit code $?"
seq 1 3 | sed 's/.*/{"_id":&,"a":1}/' | mongo-retry upsert --uri "$uri" --into d.c 2>>messages
echo "exit code $?"
seq 4 6 | sed 's/.*/{"_id":&}/' | mongo-retry insert --uri "$uri" --into d.c --dead=dead 2>>messages
echo "exit code $?"
steady <messages
cat dead
mongo-retry find --uri "$uri" --from d.c | tr '\n' ' '
