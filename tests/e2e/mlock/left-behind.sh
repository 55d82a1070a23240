#!/bin/bash
# Processes that outlive the command: waited for, ended, or left.
. "$CASE_DIR/servers.bash"
export MLOCK_STORE=file:locks
mkfifo go
echo '# waited for, with the lock'
mlock run job -- sh -c 'echo main; (read -r line <go; echo "$line") & exit 3' >out 2>messages &
mlock=$!
until_true test -s messages
try mlock status job
echo other >go
wait "$mlock"
echo "exit code $?"
cat out messages
echo '# ended'
try mlock run --left-behind=end job -- sh -c '(trap "echo told >told; exit" TERM; echo >ready; while :; do sleep 0.02; done) 2>/dev/null & until [ -e ready ]; do sleep 0.02; done; exit 3' | sed 's/running: [12]/running: N/'
cat told
echo '# killed, when they do not heed'
rm ready
try mlock run --left-behind=end --grace=100ms job -- sh -c '(trap "" TERM; echo >ready; while :; do sleep 0.02; done) 2>/dev/null & until [ -e ready ]; do sleep 0.02; done; exit 3' | sed 's/running: [12]/running: N/'
echo '# left, without the lock'
try mlock run --left-behind=leave job -- sh -c 'exec 3<>go; (read -r line <&3; echo "$line" >late) >/dev/null 2>&1 & exit 3'
try mlock status job
echo later >go
until_true test -s late
cat late
echo '# lost while it was waited for'
try mlock run --lease=1s job -- sh -c 'sleep 100 & mlock release --force job; exit 3'
