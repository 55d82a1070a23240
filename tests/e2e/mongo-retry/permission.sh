#!/bin/bash
# A wrong password, none at all, and a right one; the connection string from the environment and from a file.
. "$CASE_DIR/servers.bash"
mock '{"user": "ada", "password": "right"}'
host=${uri#mongodb://}
echo '{"_id":1}' >lines
BRADAWL_MONGODB_URI=mongodb://ada:wrong@$host mongo-retry insert --into d.c lines
echo "exit code $?"
mongo-retry insert --uri "$uri" --into d.c lines
echo "exit code $?"
mongo-retry count --uri "$uri" --from d.c
echo "exit code $?"
(umask 077 && echo "mongodb://ada:right@$host" >secret)
mongo-retry insert -v --uri @secret --into d.c lines
chmod 644 secret
mongo-retry insert -v --uri @secret --into d.c lines
echo "exit code $?"
