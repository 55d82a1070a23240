#!/bin/bash
# A line that is no document is told with its place; the others go in.
. "$CASE_DIR/servers.bash"
mock
printf '%s\n' '{"_id":1}' '{"_id":' 'words' '[1]' '{"a":{"$date":"today"}}' '{"a":1,"a":2}' '{"a\u0000b":1}' \
    '{"a":"\ud800"}' $'{"a":"\xff"}' '{"_id":[1]}' '{"_id":2}' >lines.ndjson
mongo-retry insert --uri "$uri" --into d.c lines.ndjson
echo "exit code $?"
mongo-retry find --uri "$uri" --from d.c
