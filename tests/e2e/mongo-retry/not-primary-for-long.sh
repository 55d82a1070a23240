#!/bin/bash
# What was refused before it had any effect is not of unknown fate: 69, not 76.
. "$CASE_DIR/servers.bash"
mock '{"rules": [{"on": "insert", "times": 0, "error": {"code": 10107, "codeName": "NotWritablePrimary", "errmsg": "not primary"}}]}'
echo '{"_id":1}' | mongo-retry insert -q --uri "$uri" --into d.c --retry-for=500ms --dead=dead 2>messages
echo "exit code $?"
steady <messages
sed 's/"attempts":[0-9]*/"attempts":N/' dead
