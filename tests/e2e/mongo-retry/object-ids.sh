#!/bin/bash
# Documents without an _id get one before they are sent, all different.
. "$CASE_DIR/servers.bash"
mock
yes '{}' | head -n 500 | mongo-retry insert --uri "$uri" --into d.c
mongo-retry find --uri "$uri" --from d.c | sort -u | grep -c '^{"_id":{"$oid":"[0-9a-f]\{24\}"}}$'
