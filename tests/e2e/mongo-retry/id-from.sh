#!/bin/bash
# --id-from makes the _id of a field; a document without the field, or with another _id, is refused.
. "$CASE_DIR/servers.bash"
mock
printf '%s\n' '{"user":{"name":"ada"},"n":1}' '{"n":2}' '{"user":{"name":"bob"},"_id":"eve"}' '{"user":{"name":["x"]}}' |
    mongo-retry upsert --uri "$uri" --into d.c --id-from user.name
echo "exit code $?"
mongo-retry find --uri "$uri" --from d.c
