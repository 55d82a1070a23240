#!/bin/bash
# A store that is none, or cannot be used.
. "$CASE_DIR/servers.bash"
# As a user who is not root, wherever we are root.
cp "$(command -v mlock)" tool
chmod 711 .. .
as_nobody() {
    local -a other=()
    [ "$(id -u)" != 0 ] || other=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    "${other[@]}" ./tool "$@"
}
echo '# no store'
for store in nonsense redis://h/ file: '' http://eve:secret@h/; do MLOCK_STORE=$store try mlock run job -- true; done
try mlock run --store=nonsense job -- true
try mlock run --store=file:locks --collection=a.b job -- true
try mlock run --store=file:locks --compat-lockerroom job -- true
for collection in a a. .b ''; do try mlock status --store=mongodb://127.0.0.1:1/ --collection="$collection" job; done
echo '# folders'
try mlock run --store=file:not/there job -- true
touch file
try mlock run --store=file:file job -- true
mkdir -m 755 ours
try as_nobody run --store=file:ours job -- true
try as_nobody run --store=file:ours/mine job -- true
mlock run --store=file:ours job -- true
try as_nobody run --store=file:ours job -- true
try as_nobody status --store=file:ours job
mkdir -m 700 closed
try as_nobody status --store=file:closed job
try as_nobody list --store=file:closed
mkdir -m 1777 shared
try as_nobody run --store=file:shared job -- echo in a folder for all
echo '# files of others'
mkdir -p locks/job.lock locks/other
echo '{"token":5}' >locks/job.lock/00000000000000000007
try mlock status --store=file:locks job
for text in nonsense '{"token":-1}' '{"token":5'; do
    rm locks/job.lock/*
    echo "$text" >locks/job.lock/00000000000000000008
    echo "$text"
    try mlock run --store=file:locks job -- true
done
rm locks/job.lock/*
echo nonsense >locks/job.lock/00000000000000000008
try mlock status --store=file:locks job
try mlock list --store=file:locks
: >locks/job.lock/00000000000000000009
try mlock run --store=file:locks job -- echo after a loss of power
ls locks/job.lock | grep -cv '^[0-9]*$'
ls locks/job.lock | grep -c '^[0-9]*$'
echo '# a name that is too long for a file'
try mlock run --store=file:locks "$(printf '%0251d' 0)" -- true
try mlock run --store=file:locks "$(printf '%0250d' 0)" -- echo taken
