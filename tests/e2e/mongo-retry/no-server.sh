#!/bin/bash
# Nobody listens, a name that does not resolve, a port that does not speak the protocol: each is told, with code 69.
. "$CASE_DIR/servers.bash"
echo '{"_id":1}' >lines
try() {
    mongo-retry insert --uri "$1" --into d.c --retry-for="$2" lines 2>messages
    echo "exit code $?"
    steady <messages
}
try mongodb://127.0.0.1:1/ 1
try mongodb://127.0.0.1:1/ 0
try mongodb://no.such.host.invalid/ 0
/usr/bin/python3 -u -m http.server --bind 127.0.0.1 0 >http 2>&1 &
pids+=($!)
port=$(first_line http | sed 's/.* port \([0-9]*\).*/\1/')
try "mongodb://127.0.0.1:$port/" 0
mongo-retry count --uri mongodb://127.0.0.1:1/ --from d.c --retry-for=0
echo "exit code $?"
