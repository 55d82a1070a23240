#!/bin/bash
# A lock that several may hold at once, in a folder of this host.
. "$CASE_DIR/servers.bash"
. "$CASE_DIR/stories.bash"
export MLOCK_STORE=file:locks
semaphore
