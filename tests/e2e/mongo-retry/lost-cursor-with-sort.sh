#!/bin/bash
# With an order of the user's own there is no place to go on from: that is told, with a code that says "run again".
. "$CASE_DIR/servers.bash"
mock '{"rules": [{"on": "getMore", "nth": 1, "error": {"code": 43, "codeName": "CursorNotFound", "errmsg": "gone"}}]}'
seq 1 20 | sed 's/.*/{"_id":&}/' | mongo-retry insert --uri "$uri" --into d.c
mongo-retry find --uri "$uri" --from d.c --batch 7 --sort '{"_id":-1}' | tr '\n' ' '
echo "exit code ${PIPESTATUS[0]}"
