#!/bin/bash
# --dead keeps every refused line with its bytes, one JSON object each; the file can be fed again after mending.
. "$CASE_DIR/servers.bash"
mock '{"rules": [{"on": "insert", "nth": 2, "apply": true,
    "merge": {"n": 1, "writeErrors": [{"index": 1, "code": 121, "errmsg": "Document failed validation"}]}}]}'
echo '{"_id":1}' | mongo-retry insert --uri "$uri" --into d.c
printf '%s\n' '{"_id":5}' '{ "_id" : 6, "big":12345678901234567890 }' 'not JSON' $'bytes \xff' '{"_id":7}' >lines
mongo-retry insert --uri "$uri" --into d.c --dead=dead lines
echo "exit code $?"
echo '{"_id":1,"b":0.10}' | mongo-retry insert --uri "$uri" --into d.c --dead=dead
cat dead
jq -c .doc dead >/dev/null
