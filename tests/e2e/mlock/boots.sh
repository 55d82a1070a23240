#!/bin/bash
# With the boot all leases end, and tokens still grow.
. "$CASE_DIR/servers.bash"
export MLOCK_STORE=file:locks
mlock acquire --lease=1h job >first
try mlock status job
version=$(echo locks/job.lock/*)
sed -i 's/"boot":"[^"]*"/"boot":"00000000-0000-0000-0000-000000000000"/' "$version"
try mlock status job | sed 's/ago, .*/ago/'
try mlock renew "--nonce=$(jq -r .nonce first)" job
try mlock run job -- sh -c 'echo "$MLOCK_TOKEN" >second'
jq -n "$(cat second) > $(jq .token first)"
