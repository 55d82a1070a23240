#!/bin/bash
# mlock or its guardian is killed or stopped: the command does not outlive the lock.
. "$CASE_DIR/servers.bash"
exec 2>/dev/null # where bash says which of its jobs were killed
export MLOCK_STORE=file:locks
# start [OPTION...] -- COMMAND...: in the background, and waits until it runs; sets $mlock and $guardian.
start() {
    rm -f ready out
    mlock run "$@" >out 2>messages &
    mlock=$!
    pids+=("$mlock")
    until_true test -s ready
    read -r command guardian _ <ready
}
say='echo $$ $PPID >ready'
end() {
    wait "$mlock" 2>/dev/null
    echo "exit code $?"
    ends "$command"
    cat out messages
}
echo '# mlock is killed: the command is told at once'
start --lease=1h job -- sh -c "trap 'echo told; exit' TERM; $say; sleep 100 & wait"
kill -KILL "$mlock"
end
try mlock status job
mlock release --force job
echo '# and if it does not heed, killed after the grace'
start --lease=1h --grace=200ms job -- sh -c "trap '' TERM; $say; while :; do sleep 0.05; done"
kill -KILL "$mlock"
end
mlock release --force job
echo '# mlock is stopped: the command is ended when the lease is over, and the lock is free for others'
start --lease=1s job -- sh -c "trap 'echo told; exit' TERM; $say; sleep 100 & wait"
kill -STOP "$mlock"
ends "$command"
try mlock run --wait=inf job -- echo another
kill -CONT "$mlock"
end
echo '# stopped and going on in time: as if nothing had been'
start --lease=1h job -- sh -c "$say; until [ -e go ]; do sleep 0.02; done; echo done"
kill -STOP "$mlock"
kill -CONT "$mlock"
touch go
end
echo '# the guardian is killed: so is the command, and all that came of it'
start --lease=1h job -- sh -c "setsid sh -c 'echo \$\$ >other; exec sleep 100' & until [ -s other ]; do sleep 0.02; done; $say; sleep 100"
kill -KILL "$guardian"
end
ends "$(cat other)"
try mlock status job
echo '# the command alone is killed'
start --lease=1h job -- sh -c "$say; exec sleep 100"
kill -KILL "$command"
end
try mlock status job
