#!/bin/bash
# A command whose lock is lost is ended with all that came of it, before the lease is over.
. "$CASE_DIR/servers.bash"
export MLOCK_STORE=file:locks
echo '# released by force: it is told, and may clean up'
try mlock run --lease=4s job -- sh -c '
    trap "echo told; exit 3" TERM
    mlock release --force job
    sleep 100 & wait'
try mlock status job
echo '# taken by another, who keeps it'
try mlock run --lease=1s job -- sh -c 'mlock release --force job; mlock acquire --lease=1h job >other; sleep 100'
try mlock check "--token=$(jq .token other)" job
mlock release --force job
echo '# a command that will not end, and what it started in other sessions'
try mlock run --lease=1s --grace=200ms job -- sh -c '
    trap "" TERM
    (setsid sh -c "echo \$\$ >first; while :; do sleep 0.05; done" &)
    setsid setsid sh -c "echo \$\$ >second; sleep 100" &
    until [ -s first ] && [ -s second ]; do sleep 0.02; done
    mlock release --force job
    while :; do sleep 0.05; done'
for file in first second; do gone "$(cat $file)" && echo "$file is gone"; done
echo '# a store that broke: nobody knows who holds it, so the command is ended'
try mlock run --lease=1s job -- sh -c 'echo broken >locks/job.lock/09999999999999999999; sleep 100'
