#!/bin/bash
# labels: engine
# A lock passes from one process to the next, in a database.
. "$CASE_DIR/servers.bash"
. "$CASE_DIR/stories.bash"
engine
export MLOCK_STORE=$uri
handing_over
