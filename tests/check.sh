#!/bin/sh
# Every test there is, on a machine that tests/setup.sh makes ready first.
#
#   sh tests/check.sh [--fast]
#
# Stages: packages, format, build (Release, static, warnings as errors), tests, sanitize (address and undefined
# behaviour), threads (data races), fuzz. A later stage runs although an earlier one failed, unless it needs it.
# --fast: no engine, no sanitizers, no fuzzing, no slow tests; for the loop between two edits.
# Ends with CTest's summary line of the full run; exits 1 when any stage failed.
#
# Environment: see tests/setup.sh; BRADAWL_FUZZ_SECONDS (15) for each fuzzer.
# shellcheck disable=SC2317 # the stages' functions are called by name
set -eu
# No test and no tool may wait for somebody at this terminal.
exec </dev/null
# Debian's own programs first, as in setup.sh.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export PATH

root=$(cd "$(dirname -- "$0")/.." && pwd)
build=${BRADAWL_BUILD:-$root/build}
jobs=${BRADAWL_JOBS:-$(nproc)}
cd "$root"
# As in setup.sh: what another clone has compiled need not be compiled again.
CCACHE_BASEDIR=$root
CCACHE_NOHASHDIR=1
export CCACHE_BASEDIR CCACHE_NOHASHDIR

fast=no
case "$#:${1-}" in
    0:) ;;
    1:--fast) fast=yes ;;
    *)
        echo 'usage: sh tests/check.sh [--fast]' >&2
        exit 2
        ;;
esac

# --- stages -----------------------------------------------------------------------------------------
started=$(date +%s)
say() { printf 'check: %s\n' "$*"; }
results=
failed=no

# stage NAME WHAT COMMAND…: runs it, keeps the outcome for the end. COMMAND runs as a condition, so that `set -e`
# is off inside: the functions below join their steps with &&.
stage() {
    name=$1
    say "[$(($(date +%s) - started)) s] $name: $2"
    shift 2
    began=$(date +%s)
    if "$@"; then
        outcome=passed
    else
        outcome=FAILED
        failed=yes
    fi
    took=$(($(date +%s) - began))
    say "[$(($(date +%s) - started)) s] $name: $outcome after $took s"
    results="$results$(printf '%-9s %-6s %4d s' "$name" "$outcome" "$took")
"
    [ "$outcome" = passed ]
}
finish() {
    echo
    say "stages, $(($(date +%s) - started)) s in all:"
    printf '%s' "$results"
    if [ "$failed" = yes ]; then
        say 'failed'
    else
        say 'passed'
    fi
    if [ -e "$build/release/ctest.log" ]; then
        grep -E '^[0-9]+% tests passed' "$build/release/ctest.log" || say 'CTest did not come to its end'
    fi
    [ "$failed" = no ]
    exit
}
give_up() {
    say "$1"
    finish
}

# configure TREE OPTION…: the tree's own CMake options; its messages are shown only when it fails.
configure() {
    tree=$build/$1
    shift
    mkdir -p "$tree"
    if command -v ccache >/dev/null; then
        set -- "$@" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
    fi
    if ! cmake -S "$root" -B "$tree" -G Ninja "$@" >"$tree/configure.log" 2>&1; then
        tail -n 60 "$tree/configure.log"
        return 1
    fi
}
# compile TREE [TARGET…]: every error there is, not only the first.
compile() {
    tree=$build/$1
    shift
    [ -t 1 ] || set -- --quiet "$@"
    ninja -C "$tree" -j "$jobs" -k 0 "$@"
}
# run_tests TREE OPTION…; $launcher runs ctest when set.
launcher=
run_tests() {
    tree=$build/$1
    shift
    rm -f "$tree/ctest.log"
    # shellcheck disable=SC2086 # a command of several words, or none
    $launcher ctest --test-dir "$tree" -j "$jobs" --timeout 300 --output-on-failure --no-tests=error \
        --output-log "$tree/ctest.log" "$@"
}

format() {
    git ls-files -z '*.cpp' '*.hpp' | xargs -0 -r clang-format-14 --dry-run -Werror &&
        git ls-files -z 'tests/*.sh' ':!tests/e2e' | xargs -0 -r shellcheck -S warning
}
sanitize() {
    configure sanitize -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG='-O0 -g1' -DBRADAWL_LINK=shared \
        -DBRADAWL_TESTS=ON -DBRADAWL_SANITIZE=address,undefined &&
        compile sanitize &&
        ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 \
            UBSAN_OPTIONS=print_stacktrace=1 \
            run_tests sanitize -L '^(unit|e2e|fuzz)$' -LE '^no-sanitizer$'
}
threads() {
    configure threads -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG='-O1 -g1' -DBRADAWL_LINK=shared \
        -DBRADAWL_TESTS=ON -DBRADAWL_SANITIZE=thread &&
        compile threads tests_threads || return 1
    # ThreadSanitizer's fixed memory layout does not fit every kernel's randomised one.
    if setarch -R true 2>/dev/null; then
        launcher='setarch -R'
    fi
    run_tests threads -L '^threads$' || return 1
}
fuzz() {
    configure fuzz -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang-14 -DCMAKE_CXX_COMPILER=clang++-14 \
        -DBRADAWL_LINK=shared -DBRADAWL_TESTS=ON -DBRADAWL_FUZZ=ON &&
        compile fuzz fuzzers &&
        sh tests/fuzz/run.sh "$build/fuzz" "${BRADAWL_FUZZ_SECONDS:-15}"
}

if [ "$fast" = yes ]; then
    stage packages 'installing what is missing' sh tests/setup.sh --no-build --no-engine ||
        give_up 'without the packages nothing else can run'
else
    stage packages 'installing what is missing' sh tests/setup.sh --no-build ||
        give_up 'without the packages nothing else can run'
fi
# `|| :` below: a failure is on record, and the next stage can run all the same.
stage format 'clang-format over the sources, shellcheck over the scripts' format || :
rm -f "$build/release/ctest.log"
stage build 'Release, static, warnings as errors' sh tests/setup.sh --no-engine --with-tests ||
    give_up 'what does not build cannot be tested'
if [ "$fast" = yes ]; then
    stage tests 'the quick tests' run_tests release -L '^(unit|contract|e2e)$' -LE '^(slow|engine)$' || :
    finish
fi
stage tests 'all tests' run_tests release || :
stage sanitize 'address and undefined behaviour sanitizers' sanitize || :
stage threads 'thread sanitizer' threads || :
stage fuzz "every fuzzer for ${BRADAWL_FUZZ_SECONDS:-15} s" fuzz || :
finish
