#!/bin/bash
# One lock through its life, in a folder of this host.
. "$CASE_DIR/servers.bash"
. "$CASE_DIR/stories.bash"
export MLOCK_STORE=file:locks
cycle
