#!/bin/bash
# --strict stops at the first line that is no document, after what stands before it.
. "$CASE_DIR/servers.bash"
mock
printf '%s\n' '{"_id":1}' '{"_id":2,"a":tru}' '{"_id":3}' | mongo-retry insert --strict --uri "$uri" --into d.c
echo "exit code $?"
mongo-retry find --uri "$uri" --from d.c
