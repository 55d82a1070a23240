#!/bin/bash
# Errors that pass are sat out: not a primary, a label, shutting down with the work half done.
. "$CASE_DIR/servers.bash"
mock '{"set": "rs0", "rules": [
    {"on": "insert", "nth": 1, "times": 3, "error": {"code": 10107, "codeName": "NotWritablePrimary", "errmsg": "not primary"}},
    {"on": "insert", "nth": 5, "times": 2, "error": {"code": 11600, "codeName": "InterruptedAtShutdown", "errmsg": "down",
        "errorLabels": ["RetryableWriteError"]}, "apply": true},
    {"on": "insert", "nth": 8, "error": {"code": 424242, "errmsg": "busy", "errorLabels": ["SystemOverloadedError"]}}]}'
seq 1 40 | sed 's/.*/{"_id":&}/' | mongo-retry insert -q --uri "$uri" --into d.c --batch 8
echo "exit code $?"
mongo-retry count --uri "$uri" --from d.c
