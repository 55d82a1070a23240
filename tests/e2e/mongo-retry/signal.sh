#!/bin/bash
# A signal ends the reading; what was read is written first, without the line that is not finished. In an outage what
# is left is listed.
. "$CASE_DIR/servers.bash"
mock
mkfifo pipe
mongo-retry insert --uri "$uri" --into d.c --linger=1h <pipe &
tool=$!
exec 3>pipe
printf '%s\n' '{"_id":1}' '{"_id":2}' >&3
printf '{"_id":' >&3
sleep 1
kill -TERM "$tool"
wait "$tool"
echo "exit code $?"
exec 3>&-
mongo-retry find --uri "$uri" --from d.c
mock_end
printf '%s\n' '{"_id":3}' '{"_id":4}' >lines
mongo-retry insert -q --uri "$uri" --into d.c --dead=dead lines &
tool=$!
sleep 2.5
kill -TERM "$tool"
wait "$tool"
echo "exit code $?"
cut -d, -f1,2,9,10,11 dead | steady | sed 's/"attempts":[0-9]*/"attempts":N/'
