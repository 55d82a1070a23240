#!/bin/bash
# A server too old for the driver is no reason to wait.
. "$CASE_DIR/servers.bash"
mock '{"hello": {"maxWireVersion": 3}}'
echo '{}' | mongo-retry insert --uri "$uri" --into d.c 2>messages
echo "exit code $?"
steady <messages
