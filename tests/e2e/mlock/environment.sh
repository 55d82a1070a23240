#!/bin/bash
# The command has our standard input, descriptors, folder and environment, and in it what it holds.
. "$CASE_DIR/servers.bash"
mkdir folder
echo first >input
try mlock run --store=file:locks 'a job' -- sh -c 'env | grep "^MLOCK_" | sort' <input
echo '# what it was given'
try mlock run --store=file:locks job -- cat <input
try mlock run --store=file:locks job -- sh -c 'cat <&3; cat <&7' 3<input 7<<<seventh
mlock run --store=file:locks job -- sh -c 'echo to three >&3' 3>three
cat three
(cd folder && OTHER=kept try mlock run --store=file:../locks job -- sh -c 'echo "$OTHER"; pwd') | steady
try mlock run --store=file:locks job -- sh -c 'echo out; echo err >&2'
(umask 027 && mlock run --store=file:locks job -- sh -c umask)
(ulimit -n 99 && mlock run --store=file:locks job -- sh -c 'ulimit -n')
echo '# no descriptor of ours'
sh -c 'ls /proc/self/fd' >without
mlock run --store=file:locks job -- sh -c 'ls /proc/self/fd' >within
diff without within && echo the same
echo '# arguments come through whole'
try mlock run --store=file:locks job -- printf '<%s>' '' 'a b' -- -v --lease=x '$HOME' $'line\nfeed'
echo
try mlock run --store=file:locks job printf '%s\n' 'without two hyphens'
mlock run --store=file:locks job -- sh -c 'echo "${#1}"' sh "$(printf '%0100000d' 0)"
echo '# in there, mlock knows what is held'
mlock run --store=file:locks job -- sh -c '
    mlock check "$MLOCK_NAME" && echo current
    mlock renew --lease=1h "$MLOCK_NAME" && echo renewed
    mlock run other -- sh -c "mlock check other && echo this one"
    mlock status other
    mlock release "$MLOCK_NAME" && echo released' | steady
echo '# another owner, which is text only'
try mlock run --store=file:locks --owner='Ada "$HOME" é' job -- mlock status job
try mlock run --store=file:locks --owner=$'a\nb' job -- mlock status job
LOGNAME='' USER=bob try mlock run --store=file:locks job -- sh -c 'echo "${MLOCK_OWNER%@*}"'
LOGNAME='' USER='' try mlock run --store=file:locks job -- sh -c 'echo "${MLOCK_OWNER%@*}"' | sed "s/uid$(id -u)/UID/"
echo '# one within another; the same again is not had'
try mlock run --store=file:locks one -- mlock run two -- mlock run three -- mlock list
try mlock run --store=file:locks one -- mlock run one -- true
