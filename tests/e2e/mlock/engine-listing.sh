#!/bin/bash
# labels: engine
# Which locks there are, in a database.
. "$CASE_DIR/servers.bash"
. "$CASE_DIR/stories.bash"
engine
export MLOCK_STORE=$uri
listing
