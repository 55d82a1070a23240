#!/bin/bash
# The command's exit code is passed on; ours have a cause on the descriptor of --status-fd.
. "$CASE_DIR/servers.bash"
export MLOCK_STORE=file:locks
# run [OPTION...] NAME -- COMMAND...: its end, and what was told of it.
run() {
    try mlock run --status-fd=3 "$@" 3>told
    steady <told
}
for code in 0 1 75 124 255; do run job -- sh -c "exit $code"; done
for signal in TERM KILL SEGV; do run job -- sh -c "ulimit -c 0; kill -$signal \$\$"; done
echo '# no such command'
run job -- no-such-command
run job -- ./no-such-command
PATH=$PATH:/nowhere run job -- ''
echo '# not to be executed'
touch plain
run job -- ./plain
run job -- .
printf 'echo no first line\n' >script
chmod 755 script
run job -- ./script
printf '#!/no/such/interpreter\n' >script
run job -- ./script
echo '# held by others'
mlock acquire --lease=1h job >lock
run job -- true
run -E 0 job -- true
run --conflict-code=33 job -- true
run --count=2 job -- true
mlock release --force job
echo '# lost'
run --lease=500ms job -- sh -c 'mlock release --force job; sleep 100'
run --lease=500ms --lost-code=44 job -- sh -c 'mlock release --force job; sleep 100'
echo '# a store that is away'
run --store=mongodb://127.0.0.1:1/ job -- true
echo '# stopped while waiting'
mlock acquire --lease=1h job >lock
for signal in TERM INT HUP; do
    # A shell's background job ignores SIGINT; env does not.
    env --default-signal=INT mlock run -v --wait=inf --status-fd=3 job -- true 3>told 2>messages &
    pid=$!
    until_true test -s messages
    kill "-$signal" "$pid"
    wait "$pid" 2>/dev/null
    echo "exit code $?"
    cat told
    rm messages
done
mlock release --force job
echo '# the descriptor is not for the command'
run job -- sh -c 'echo x >&3' | sed 's/^sh: .*: /sh: /'
echo '# not even when it is an usual one'
mlock run --status-fd=1 job -- sh -c 'echo before' | steady
mlock run --status-fd=2 job -- no-such-command 2>&1 | steady
ls locks
try mlock status job
