#!/bin/sh
# Runs fuzzers from their committed corpora, as many at a time as there are processors.
#
#   sh tests/fuzz/run.sh BUILD SECONDS [NAME…]
#
# BUILD is a tree configured with -DBRADAWL_FUZZ=ON whose target `fuzzers` is built; SECONDS is the time for each
# fuzzer; without a NAME all run. New inputs stay in BUILD/fuzz/NAME.new, failures in BUILD/fuzz/NAME.found; a failure
# that was mended becomes a file of tests/fuzz/corpus/NAME. $BRADAWL_FUZZ_SEED (1) seeds the mutations.
set -eu
exec </dev/null

here=$(cd "$(dirname -- "$0")" && pwd)
say() { printf 'fuzz: %s\n' "$*"; }

if [ "${1-}" = --one ]; then
    # One fuzzer, called by xargs below: --one BUILD SECONDS PROGRAM
    build=$2 seconds=$3 program=$4
    name=$(basename -- "$program")
    work=$build/fuzz/$name
    mkdir -p "$work.new" "$work.found"
    set -- -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2560 -max_len=65536 -seed="${BRADAWL_FUZZ_SEED:-1}" \
        -print_final_stats=1 -verbosity=1 -artifact_prefix="$work.found/"
    if [ -e "$here/$name.dict" ]; then
        set -- "$@" -dict="$here/$name.dict"
    fi
    set -- "$@" "$work.new"
    if [ -d "$here/corpus/$name" ]; then
        set -- "$@" "$here/corpus/$name"
    fi
    if "$program" "$@" >"$work.log" 2>&1; then
        say "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work.log") runs, nothing found"
        exit 0
    fi
    tail -n 60 "$work.log"
    say "$name: failed; the input is in $work.found, the whole log $work.log"
    exit 1
fi

if [ $# -lt 2 ]; then
    say 'usage: sh tests/fuzz/run.sh BUILD SECONDS [NAME…]' >&2
    exit 2
fi
build=$(cd "$1" && pwd)
seconds=$2
shift 2
programs=$build/tests/fuzz
if [ $# -eq 0 ]; then
    for program in "$programs"/*; do
        if [ -f "$program" ] && [ -x "$program" ]; then
            set -- "$@" "$program"
        fi
    done
    if [ $# -eq 0 ]; then
        say "there are no fuzzers in $programs" >&2
        exit 1
    fi
else
    for name in "$@"; do
        shift
        set -- "$@" "$programs/$name"
    done
fi
for program in "$@"; do
    if [ ! -x "$program" ]; then
        say "there is no fuzzer $program" >&2
        exit 1
    fi
done
mkdir -p "$build/fuzz"
say "$# fuzzers, $seconds s each"
printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" sh "$here/run.sh" --one "$build" "$seconds"
