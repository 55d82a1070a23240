#!/bin/bash
# A lock passes from one process to the next, in a folder of this host.
. "$CASE_DIR/servers.bash"
. "$CASE_DIR/stories.bash"
export MLOCK_STORE=file:locks
handing_over
