#!/bin/bash
# How much is told, and in which form.
. "$CASE_DIR/servers.bash"
export MLOCK_STORE=file:locks
for options in -q '' -v -vv --log-format=json '-v --log-format=json'; do
    echo "# $options"
    # shellcheck disable=SC2086 # words, or none
    try mlock run $options job -- echo done
    # shellcheck disable=SC2086
    try mlock run $options job -- mlock run --wait=100ms job -- echo never
    # shellcheck disable=SC2086
    try mlock run $options --wait=100ms job -- mlock run $options --wait=100ms job -- echo never
    # shellcheck disable=SC2086
    try mlock run $options job -- no-such-command
    # shellcheck disable=SC2086
    try mlock run $options --lease=500ms job -- sh -c 'mlock release --force job; sleep 100'
    # shellcheck disable=SC2086
    try mlock run $options job -- sh -c 'sleep 0.6 & exit 0'
    # shellcheck disable=SC2086
    try mlock release $options --force job
    # shellcheck disable=SC2086
    try mlock run $options --lease=0 job -- true
done
