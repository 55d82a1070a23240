#!/bin/bash
# Documents take the place of those with their _id; of two in one batch the later wins.
. "$CASE_DIR/servers.bash"
mock
seq 1 5 | sed 's/.*/{"_id":&,"old":true}/' | mongo-retry insert --uri "$uri" --into d.c
printf '%s\n' '{"_id":2,"n":1}' '{"_id":9,"n":2}' '{"_id":2,"n":3}' >lines
mongo-retry upsert -v --uri "$uri" --into d.c lines
mongo-retry find --uri "$uri" --from d.c
