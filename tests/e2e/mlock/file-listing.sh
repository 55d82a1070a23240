#!/bin/bash
# Which locks there are, in a folder of this host.
. "$CASE_DIR/servers.bash"
. "$CASE_DIR/stories.bash"
export MLOCK_STORE=file:locks
listing
