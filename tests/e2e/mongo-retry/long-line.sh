#!/bin/bash
# A document of 20 MB, and a line longer than --max-line, are refused; the next line goes in.
. "$CASE_DIR/servers.bash"
mock
{
    printf '{"_id":1,"a":"'
    head -c 20000000 /dev/zero | tr '\0' x
    printf '"}\n{"_id":2}\n'
} >lines
mongo-retry insert --uri "$uri" --into d.c lines
echo "exit code $?"
mongo-retry upsert --uri "$uri" --into d.c --max-line=1M --dead=dead lines
cat dead
mongo-retry find --uri "$uri" --from d.c
