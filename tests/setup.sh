#!/bin/sh
# Makes a machine that has Debian 12, git and its package registry ready, then builds bradawl:
# installs what is missing, builds the third-party archives once, builds Release. Runs again for free.
#
#   sh tests/setup.sh [--dry-run] [--no-build] [--no-engine] [--with-tests]
#
# --dry-run     say what would be done, change nothing
# --no-build    packages, database engine and archives only
# --no-engine   leave the database engine for the tests alone
# --with-tests  build the tests too, with warnings as errors
#
# Environment (default):
#   BRADAWL_BUILD  folder of the build trees (build, in the project); Release goes to its folder release
#   BRADAWL_CACHE  what outlives a clone ($XDG_CACHE_HOME/bradawl, $HOME/.cache/bradawl)
#   BRADAWL_LINK   static (default) or shared; shared needs no archives
#   BRADAWL_JOBS   compilers at once (number of processors)
set -eu
# Nothing here may wait for an answer.
exec </dev/null

# Debian's own programs, whatever else a person has put in front of them: the tests' python3 needs Debian's modules.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export PATH

root=$(cd "$(dirname -- "$0")/.." && pwd)
build=${BRADAWL_BUILD:-$root/build}
cache=${BRADAWL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/bradawl}
link=${BRADAWL_LINK:-static}
jobs=${BRADAWL_JOBS:-$(nproc)}

# Objects that another clone has compiled are taken from ccache's cache, wherever that clone lay.
CCACHE_BASEDIR=$root
CCACHE_NOHASHDIR=1
export CCACHE_BASEDIR CCACHE_NOHASHDIR

# --- packages, by what they are for ---------------------------------------------------------------
packages_for() {
    case $1 in
        toolchain) echo 'g++ cmake ninja-build ccache pkgconf git ca-certificates dpkg-dev nasm' ;;
        libraries) echo 'libcli11-dev libtomlplusplus-dev nlohmann-json3-dev libfmt-dev libeigen3-dev libcurl4-openssl-dev libmongoc-dev libbson-dev' \
            'libisal-dev zlib1g-dev libssl-dev libyaml-cpp-dev libonnx-dev libprotobuf-dev protobuf-compiler' ;;
        tests) echo 'libgtest-dev libgmock-dev mandoc man-db zsh fish bash-completion shellcheck nginx-light curl' \
            'openssl python3 python3-pymongo python3-pymongo-ext python3-requests jq valgrind libc6-dbg tmux procps' \
            'default-jdk-headless python3-onnx' ;;
        analysis) echo 'clang-14 libclang-rt-14-dev clang-format-14' ;;
        engine) echo 'mmdebstrap python3-psycopg2 python3-bson python3-bson-ext' ;;
    esac
}

# --- saying what happens ----------------------------------------------------------------------------
started=$(date +%s)
say() { printf 'setup: %s\n' "$*"; }
step() { say "[$(($(date +%s) - started)) s] $*"; }
fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

dry_run=no
with_build=yes
with_engine=yes
with_tests=no
deps=
for argument in "$@"; do
    case $argument in
        --dry-run) dry_run=yes ;;
        --no-build) with_build=no ;;
        --no-engine) with_engine=no ;;
        --with-tests) with_tests=yes ;;
        *) fail "unknown argument '$argument'" \
            'usage: sh tests/setup.sh [--dry-run] [--no-build] [--no-engine] [--with-tests]' ;;
    esac
done
case $link in
    static | shared) ;;
    *) fail "BRADAWL_LINK=$link: neither static nor shared" ;;
esac

scratch=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
policy_is_ours=no
clean_up() {
    rm -rf -- "$scratch"
    if [ "$policy_is_ours" = yes ]; then
        as_root rm -f "$policy"
    fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Runs a command quietly; shows the end of what it said when it fails.
quietly() {
    if ! "$@" >"$scratch/log" 2>&1; then
        tail -n 60 "$scratch/log" >&2
        return 1
    fi
}

# --- packages ---------------------------------------------------------------------------------------
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        -o Dpkg::Use-Pty=0 "$@"
}
update_index() {
    for pause in 5 20 0; do
        if quietly apt_get -o APT::Update::Error-Mode=any update; then
            return 0
        fi
        step "the package index could not be read in full; next try in $pause s"
        sleep "$pause"
    done
    # A source that has nothing to do with us may be broken; the installation is the judge.
    step 'going on with the package index as it is'
}
# Prints those of its arguments that are not installed.
missing_of() {
    for package in "$@"; do
        if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            printf '%s ' "$package"
        fi
    done
}
install_packages() {
    missing=
    for group in toolchain libraries tests analysis engine; do
        # shellcheck disable=SC2046 # a list of words is meant
        lacking=$(missing_of $(packages_for "$group"))
        if [ -n "$lacking" ]; then
            step "missing for $group: $lacking"
            missing="$missing$lacking"
        fi
    done
    if [ -z "$missing" ]; then
        step 'packages: all installed'
        return 0
    fi
    command_line="apt-get install --no-install-recommends $missing"
    if [ "$dry_run" = yes ]; then
        step "would run: apt-get update && $command_line"
        return 0
    fi
    if [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
        fail 'packages are missing, and neither are you root nor does sudo work without a password; please run:' \
            "  sudo apt-get update && sudo $command_line" 'and then this script again'
    fi
    # Packages with a service (nginx) would start it; tests start their own on ports of their own.
    nginx_is_new=no
    case " $missing" in *' nginx-light '*) nginx_is_new=yes ;; esac
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$scratch/policy"
        as_root install -m 755 "$scratch/policy" "$policy"
        policy_is_ours=yes
    fi
    step 'reading the package index'
    update_index
    # shellcheck disable=SC2086 # a list of words is meant
    set -- $missing
    step "installing $# packages"
    if ! quietly apt_get install -y --no-install-recommends "$@"; then
        step 'the installation failed; trying once more'
        update_index
        quietly apt_get install -y --no-install-recommends "$@" ||
            fail 'packages cannot be installed; the command was:' "  $command_line"
    fi
    if [ "$nginx_is_new" = yes ] && [ -d /run/systemd/system ]; then
        quietly as_root systemctl disable nginx
    fi
    step 'packages: all installed'
}

# --- the database engine for the tests --------------------------------------------------------------
prepare_engine() {
    [ -x "$root/tests/support/engine.sh" ] || return 0
    if [ "$dry_run" = yes ]; then
        step 'would prepare the database engine: tests/support/engine.sh prepare'
        return 0
    fi
    step 'preparing the database engine for the tests (built once, then cached)'
    if quietly "$root/tests/support/engine.sh" prepare; then
        step 'database engine: ready'
        return 0
    fi
    say '***********************************************************************'
    say '*** the database engine could not be prepared: see above.           ***'
    say '*** Tests that need a real engine cannot run; all others go on.     ***'
    say '***********************************************************************'
    if [ "${CI:-}" = true ]; then
        fail 'CI=true: without the engine this run would prove too little'
    fi
}

# --- third-party archives ---------------------------------------------------------------------------
# Sets deps. Every version of script and sources has its own folder, so clones of different age share the cache.
build_archives() {
    if [ "$link" = shared ]; then
        step 'third-party archives: not needed for shared linking'
        return 0
    fi
    if ! stamp=$(sh "$root/tests/support/third_party.sh" --stamp 2>"$scratch/log"); then
        if [ "$dry_run" = yes ]; then
            deps=$cache/deps-STAMP
            step "would build libcurl, libmongoc and ISA-L from Debian's source packages into $deps"
            return 0
        fi
        fail "$(cat "$scratch/log")"
    fi
    deps=$cache/deps-$stamp
    if [ ! -e "$deps/VERSIONS" ]; then
        if [ "$dry_run" = yes ]; then
            step "would build libcurl, libmongoc and ISA-L from Debian's source packages into $deps"
            return 0
        fi
        mkdir -p "$cache"
        exec 9>"$cache/lock"
        if ! flock -n 9; then
            step 'another run builds the third-party archives: waiting for it'
            flock 9
        fi
        if [ ! -e "$deps/VERSIONS" ]; then
            step "building libcurl, libmongoc and ISA-L from Debian's source packages into $deps"
            # The child has the lock too: should only this shell be killed, nobody disturbs what still builds.
            sh "$root/tests/support/third_party.sh" "$deps" ||
                fail 'the third-party archives could not be built' \
                    "BRADAWL_LINK=shared sh tests/setup.sh builds against Debian's shared libraries instead"
        fi
        exec 9>&-
    fi
    step "third-party archives: $deps"
    # For builds by hand: -DBRADAWL_DEPS=CACHE/deps
    if [ "$dry_run" = no ] && [ "$(readlink "$cache/deps")" != "deps-$stamp" ]; then
        ln -sfn "deps-$stamp" "$cache/deps"
    fi
}

# --- Release ----------------------------------------------------------------------------------------
build_release() {
    set -- -S "$root" -B "$build/release" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBRADAWL_LINK="$link"
    if [ "$link" = static ]; then
        set -- "$@" -DBRADAWL_DEPS="$deps"
    fi
    # Without --with-tests an existing tree keeps what it has: other flags would compile everything again.
    if [ "$with_tests" = yes ]; then
        set -- "$@" -DBRADAWL_TESTS=ON -DBRADAWL_WERROR=ON
    elif [ ! -e "$build/release/CMakeCache.txt" ]; then
        set -- "$@" -DBRADAWL_TESTS=OFF
    fi
    if command -v ccache >/dev/null; then
        set -- "$@" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
    fi
    if [ "$dry_run" = yes ]; then
        step "would run: cmake $*"
        step "would run: ninja -C $build/release"
        return 0
    fi
    step "configuring Release in $build/release"
    quietly cmake "$@" || fail 'cmake could not configure the build'
    step "building Release with $jobs compilers at once"
    set -- -C "$build/release" -j "$jobs"
    # One run shows every error there is.
    [ "$with_tests" = no ] || set -- "$@" -k 0
    # Where nobody watches a line that rewrites itself, only errors are worth printing.
    [ -t 1 ] || set -- "$@" --quiet
    ninja "$@" || fail 'the build failed'
    step "built: $build/release"
}

command -v dpkg-query >/dev/null || fail 'this script knows Debian 12 only: there is no dpkg-query here'
install_packages
if [ "$with_engine" = yes ]; then
    prepare_engine
fi
build_archives
if [ "$with_build" = yes ]; then
    build_release
fi
if [ "$dry_run" = yes ]; then
    step 'dry run: nothing was changed'
else
    step 'ready'
fi
