#!/bin/bash
# A store that does not answer: told at once, or after the time that there is to wait.
. "$CASE_DIR/servers.bash"
export MLOCK_STORE=mongodb://127.0.0.1:1/
# A short lease makes for short time-outs.
try mlock run --lease=600ms job -- echo never
try mlock acquire --lease=600ms job
try mlock run --lease=600ms --wait=700ms job -- echo never
try mlock acquire --lease=600ms --wait=700ms job
try mlock renew --nonce=a --lease=600ms job
try mlock release --nonce=a job
try mlock wait --wait=0 job
echo '# those that wait for nothing'
try mlock status job
try mlock check --token=5 job
try mlock status --store=mongodb://no.such.host.invalid/ job
echo '# somebody listens, and never answers'
cat >silent.py <<'END'
import socket
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
kept = []
while True:
    kept.append(server.accept())
END
/usr/bin/python3 silent.py >port &
pids+=($!)
try mlock run --lease=600ms "--store=mongodb://127.0.0.1:$(first_line port)/" job -- echo never | sed 's/to be had.*/to be had/'
echo '# waiting is ended by a signal'
mlock run --wait=inf job -- echo never 2>messages &
pid=$!
until_true test -s messages
kill -TERM "$pid"
wait "$pid"
echo "exit code $?"
steady <messages
