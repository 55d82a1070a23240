#!/bin/bash
# Documents go in once; what is there already is refused, told, and counted in the exit code.
. "$CASE_DIR/servers.bash"
mock
printf '%s\n' '{"_id":1,"a":{"$numberLong":"1"}}' '{"_id":2}' '' '{"b":[1,2.5,"x"],"_id":3}' |
    mongo-retry insert --uri "$uri" --into d.c
printf '%s\n' '{"_id":2,"other":true}' '{"_id":4}' | mongo-retry insert --uri "$uri" --into d.c
echo "exit code $?"
mongo-retry find --uri "$uri" --from d.c --json canonical
mongo-retry count --uri "$uri" --from d.c
