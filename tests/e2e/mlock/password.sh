#!/bin/bash
# A wrong password, a right one, and that it is never shown.
. "$CASE_DIR/servers.bash"
mock '{"user": "ada", "password": "right"}'
host=${uri#mongodb://}
let_in() {
    local code=0
    mlock status "$@" >/dev/null 2>&1 || code=$?
    [ "$code" != 77 ] && echo let in
}
export MLOCK_STORE=mongodb://ada:wrong@$host
{
    try mlock run job -- echo never
    try mlock run --wait=10s job -- echo never
    try mlock status job
    try mlock release --force job
    try mlock status "--store=$uri" job
    echo '# right'
    MLOCK_STORE=mongodb://ada:right@$host let_in job
    (umask 077 && echo "mongodb://ada:right@$host" >secret)
    let_in --store=@secret job
    let_in --store=@- job <secret
    chmod 644 secret
    try mlock status --store=@secret job
    chmod 600 secret
    echo '# not on the command line'
    try mlock status "--store=mongodb://ada:right@$host" job
    echo '# weak, and away'
    MLOCK_STORE="mongodb://ada:right@$host?w=1" try mlock run -vv job -- true
    MLOCK_STORE=mongodb://ada:right@127.0.0.1:1/ try mlock run -vv job -- true
    MLOCK_STORE=mongodb://ada:right@127.0.0.1:1/ try mlock run -vv --log-format=json job -- true
    MLOCK_STORE='mongodb://ada:right@[' try mlock status job
} >all
cat all
! grep -E 'right@|wrong' all
