#!/bin/bash
# A server by itself, to which drivers send nothing twice: replies lost before and after the effect, and a duplicate
# that is somebody else's.
. "$CASE_DIR/servers.bash"
mock '{"rules": [{"on": "insert", "nth": 2, "cut": "after"}, {"on": "insert", "nth": 4, "cut": "before"},
    {"on": "insert", "nth": 6, "cut": "after"}, {"on": "insert", "nth": 7, "cut": "after"}]}'
echo '{"_id":17,"n":"stranger"}' | mongo-retry insert --uri "$uri" --into d.c
seq 1 50 | sed 's/.*/{"_id":&,"n":&}/' | mongo-retry insert -q --uri "$uri" --into d.c --batch 10 --dead=dead
echo "exit code $?"
cut -d, -f1-6,8- dead
mongo-retry find --uri "$uri" --from d.c | grep -v stranger | wc -l
