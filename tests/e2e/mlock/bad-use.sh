#!/bin/bash
# What is wrongly asked for is told, with exit code 2, before anything is done.
. "$CASE_DIR/servers.bash"
bad() {
    echo "\$ mlock ${*@Q}" | sed 's/0\{500\}/0.../'
    try mlock "$@"
}
bad run job -- true
export MLOCK_STORE=file:locks
bad run
bad run job
bad run '' -- true
bad run $'a\xff' -- true
bad run "$(printf '%0501d' 0)" -- true
for lease in 0 50ms 9000h abc -1 inf; do bad run "--lease=$lease" job -- true; done
bad run --lease=3s --grace=1001ms job -- true
bad run --lease=30s --grace=11s job -- true
for count in 0 10001 -1 1.5 many; do bad run "--count=$count" job -- true; done
bad run --count=2 --compat-lockerroom --store=mongodb://127.0.0.1:1/ job -- true
bad run --owner=$'\xff' job -- true
bad run --conflict-code=256 job -- true
bad run --lost-code=-1 job -- true
bad run --left-behind=kill job -- true
bad run --wait=soon job -- true
bad run --nonce=1 job -- true
for descriptor in 47 x; do bad run "--status-fd=$descriptor" job -- true; done
bad run --status-fd=0 job -- true
bad renew job
bad release job
bad check job
bad check --token=0 job
bad check --token=x job
bad list job
bad
bad steal job
[ -e locks ] || echo nothing was made
