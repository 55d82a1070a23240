#!/bin/sh
# Runs one script test and compares what it does with what stands beside it.
#
#   sh run_case.sh CASE.sh
#
# CASE.sh runs by bash in a scratch folder of its own with LC_ALL=C and TZ=UTC; $CASE_DIR is the folder it stands in.
# CASE.stdout, CASE.stderr and CASE.exit say what must come out (absent: nothing, nothing, 0). With ACCEPT=1 they are
# written instead. What a case writes to descriptor 9 is shown, not compared. A case that cannot run here exits 77 and
# says why: the runner passes that on as a failure when CI=true, and else as a loud note.
set -u
script=$1
base=${script%.sh}
CASE_DIR=$(cd "$(dirname -- "$script")" && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/bradawl-case.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/work" "$scratch/home"
# The engine's cache is the machine's; a case's own home is empty.
BRADAWL_CACHE=${BRADAWL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bradawl}
HOME=$scratch/home
LC_ALL=C
TZ=UTC
SCRATCH=$scratch/work
export BRADAWL_CACHE CASE_DIR HOME LC_ALL TZ SCRATCH
unset XDG_CONFIG_HOME http_proxy https_proxy HTTPS_PROXY ALL_PROXY all_proxy no_proxy

# Debian's libmongoc keeps counters in /dev/shm under its process's number, and complains about those that a process of
# this number left behind when it was killed.
if [ "${LINK:-}" = shared ]; then
    for left in /dev/shm/mongoc-*; do
        [ -e "/proc/${left##*-}" ] || rm -f "$left"
    done
fi

(cd "$scratch/work" && exec bash "$CASE_DIR/$(basename -- "$script")") \
    9>&1 >"$scratch/stdout" 2>"$scratch/stderr" </dev/null
code=$?

if [ "$code" -eq 77 ]; then
    echo "NOT RUN: $(cat "$scratch/stderr")"
    [ "${CI:-}" != true ]
    exit
fi
if [ "${ACCEPT:-}" = 1 ]; then
    for stream in stdout stderr; do
        if [ -s "$scratch/$stream" ]; then
            cp "$scratch/$stream" "$base.$stream"
        else
            rm -f "$base.$stream"
        fi
    done
    if [ "$code" -ne 0 ]; then echo "$code" >"$base.exit"; else rm -f "$base.exit"; fi
    exit 0
fi
wanted=0
[ ! -e "$base.exit" ] || wanted=$(cat "$base.exit")
failed=0
for stream in stdout stderr; do
    expected=$base.$stream
    [ -e "$expected" ] || expected=/dev/null
    if ! diff -u --label "$stream wanted" --label "$stream got" "$expected" "$scratch/$stream"; then
        failed=1
    fi
done
if [ "$code" -ne "$wanted" ]; then
    echo "exit code: wanted $wanted, got $code"
    failed=1
fi
exit "$failed"
