#!/bin/bash
# A replica set changes its primary twice under the work, once with a reply lost.
. "$CASE_DIR/servers.bash"
mock '{"set": "rs0", "members": 3, "rules": [
    {"on": "insert", "nth": 2, "cut": "after", "primary": 1, "election_ms": 300},
    {"on": "insert", "nth": 5, "error": {"code": 11602, "codeName": "InterruptedDueToReplStateChange", "errmsg": "stepping down",
        "errorLabels": ["RetryableWriteError"]}, "apply": true, "primary": 2, "election_ms": 300}]}'
seq 1 100 | sed 's/.*/{"_id":&}/' >lines
mongo-retry insert -q --uri "$uri" --into d.c --batch 10 lines
echo "exit code $?"
mongo-retry find --uri "$uri" --from d.c | cmp - lines && echo same
