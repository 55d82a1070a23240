#!/bin/bash
# A server that takes the documents and never tells: 76, and each document listed as ambiguous.
. "$CASE_DIR/servers.bash"
mock '{"rules": [{"on": "insert", "times": 0, "cut": "after"}]}'
printf '%s\n' '{"_id":1}' '{"_id":2}' | mongo-retry insert -q --uri "$uri" --into d.c --retry-for=300ms --dead=dead 2>messages
echo "exit code $?"
sed -E 's/PORT.*database "d": .*: gave/PORT: gave/; s/Failed to send.*: gave up/CUT: gave up/' messages | steady
sed -E 's/"errmsg":"[^}]*","labels/"errmsg":"CUT","labels/; s/\\"/'"'"'/g; s/"attempts":[0-9]*/"attempts":N/' dead
