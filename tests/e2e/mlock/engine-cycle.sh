#!/bin/bash
# labels: engine
# One lock through its life, in a database.
. "$CASE_DIR/servers.bash"
. "$CASE_DIR/stories.bash"
engine
export MLOCK_STORE=$uri
cycle
