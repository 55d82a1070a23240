#!/bin/bash
# labels: engine
# The database goes away while a command runs: sat out when it is short; the command is ended when it is not.
. "$CASE_DIR/servers.bash"
engine
export MLOCK_STORE=$uri
echo '# short'
mkfifo go
mlock run --lease=9s job -- sh -c 'read -r line <go; echo "$line"' >out 2>messages &
mlock=$!
mlock wait --held job
"$SUPPORT/engine.sh" kill "$PWD/engine"
until_true grep -q 'not renewed' messages
"$SUPPORT/engine.sh" cont "$PWD/engine" >engine.out 2>&1
until_true grep -q 'renewed again' messages
echo done >go
wait "$mlock"
echo "exit code $?"
cat out
sed 's/not renewed: .*/not renewed: WHY/' messages
try mlock status job
echo '# long'
mlock run --lease=2s job -- sh -c 'trap "echo told; exit 3" TERM; sleep 100 & wait' >out 2>messages &
mlock=$!
mlock wait --held job
"$SUPPORT/engine.sh" kill "$PWD/engine"
wait "$mlock"
echo "exit code $?"
cat out
sed 's/not renewed: .*/not renewed: WHY/; s/given back: .*/given back: WHY/; /waiting/d' messages
"$SUPPORT/engine.sh" cont "$PWD/engine" >engine.out 2>&1
mlock run -q --wait=inf --lease=2s job -- echo another
echo '# away when the command ends'
mlock run --lease=1s job -- sh -c 'read -r line <go; exit 5' 2>messages &
mlock=$!
mlock wait --held job
"$SUPPORT/engine.sh" kill "$PWD/engine"
echo >go
wait "$mlock"
echo "exit code $?"
sed 's/given back: .*/given back: WHY/; /not renewed/d; /waiting/d' messages
