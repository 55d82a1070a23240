#!/bin/bash
# labels: engine slow
. "$CASE_DIR/servers.bash"
through_faults insert 7
