#!/bin/bash
# labels: engine
# A lock that several may hold at once, in a database.
. "$CASE_DIR/servers.bash"
. "$CASE_DIR/stories.bash"
engine
export MLOCK_STORE=$uri
semaphore
