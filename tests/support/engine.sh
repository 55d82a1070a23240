#!/bin/bash
# A real engine that speaks MongoDB's protocol, for tests; on 127.0.0.1 only.
#
#   engine.sh available            exit 0, or 1 with the reason on stderr
#   engine.sh prepare              build and cache what is needed (once; about a minute and 600 MB of disk)
#   engine.sh start [DIR]          start one and print its URI; DIR (or $ENGINE_DIR) holds its state
#   engine.sh uri|stop [DIR]
#   engine.sh kill [DIR]           SIGKILL of all its processes, as a crash; acknowledged writes survive
#   engine.sh cont [DIR]           bring it back on the same port with its data ("restart" kills first)
#
#   --mode=standalone (default)    drivers do not retry writes
#   --mode=setname                 says it is the primary of set rs0: drivers retry, and a resend has no second effect
#   $ENGINE_USER, $ENGINE_PASSWORD  ask for SCRAM-SHA-256; the printed URI has no credentials in it
#
# The engine is $BRADAWL_TEST_MONGODB_URI when given (used as it is), else `mongod` on PATH, else PostgreSQL with the
# DocumentDB extension from Debian sid, in a chroot without any mounts, behind gateway.py. The last one needs root and
# the Debian packages mmdebstrap, python3-psycopg2, python3-bson and python3-bson-ext. Any number may run side by side.
# Cache: ${BRADAWL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bradawl}/engine-STAMP.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=base-files,base-passwd,coreutils,dash,libc-bin,postgresql-18,postgresql-18-documentdb
recipe=2  # to be raised when build_root or build_template changes
stamp=$(printf '%s %s %s %s' sid "$packages" "$recipe" "$(uname -m)" | sha256sum | cut -c1-12)
cache=${BRADAWL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/bradawl}/engine-$stamp
root=$cache/root
bin=/usr/lib/postgresql/18/bin

say() { printf 'engine: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

logged() {  # run something talkative; its words matter only when it fails
  "$@" >>"$cache/build.log" 2>&1 || { tail -n 20 "$cache/build.log" >&2; die "$1 failed: see $cache/build.log"; }
}

kind() {
  if [ -n "${BRADAWL_TEST_MONGODB_URI:-}" ]; then echo given
  elif command -v mongod >/dev/null; then echo mongod
  else echo documentdb; fi
}

# --- whether there can be one

available() {
  case $(kind) in given|mongod) return 0 ;; esac
  [ "$(id -u)" = 0 ] || { say "no mongod on PATH, and the DocumentDB chroot needs root"; return 1; }
  /usr/bin/python3 -c 'import psycopg2, bson' 2>/dev/null ||
    { say "no mongod on PATH, and the Debian packages python3-psycopg2 and python3-bson are missing"; return 1; }
  [ -d "$root" ] || command -v mmdebstrap >/dev/null ||
    { say "no mongod on PATH, and mmdebstrap, which would build the DocumentDB chroot, is missing"; return 1; }
}

# --- building; every step works aside and renames, under one lock, so that an interrupted run leaves nothing half done

mirror() {
  local found
  # shellcheck disable=SC2016  # these are apt's variables
  found=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' |
    awk '$2 == "Debian" && $3 == "Debian" && !uri { uri = $1 } END { print uri }')
  echo "${found:-http://deb.debian.org/debian}"
}

inside() { chroot --userspec=postgres:postgres "$root" /usr/bin/env -i LC_ALL=C.UTF-8 PATH="$bin:/usr/bin:/bin" "$@"; }

build_root() {
  local from part=$cache/root.part blas
  from=$(mirror)
  say "building the chroot from $from into $root"
  rm -rf --one-file-system "$part"
  # Packages are unpacked, their scripts are not run: that works without the right to mount, as in a container.
  # A mirror's index of sid may have run past its date; its signature is checked all the same.
  logged mmdebstrap --mode=root --variant=extract --include="$packages" \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    sid "$part" "$from"
  # What the scripts would have done and PostgreSQL needs: a user, and the files that stand behind an alternative.
  cat "$part/usr/share/base-passwd/passwd.master" - >"$part/etc/passwd" <<<'postgres:x:70:70::/srv:/bin/sh'
  cat "$part/usr/share/base-passwd/group.master" - >"$part/etc/group" <<<'postgres:x:70:'
  for blas in "$part"/usr/lib/*/{blas,lapack}; do
    if [ -d "$blas" ]; then echo "${blas#"$part"}"; fi
  done >"$part/etc/ld.so.conf.d/alternatives.conf"
  chroot "$part" /sbin/ldconfig
  ln -s postgis-3.control "$part/usr/share/postgresql/18/extension/postgis.control"
  mv "$part" "$root"
}

# Every write to PostgreSQL's log is in the kernel before it is acknowledged (synchronous_commit stays on), so a killed
# process loses nothing; fsync only guards against the machine losing power, which no test does, and costs most time.
settings="listen_addresses = ''
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
dynamic_shared_memory_type = mmap
max_connections = 200
fsync = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
checkpoint_timeout = 30min
max_wal_size = 4GB
jit = off
cron.database_name = 'postgres'
cron.use_background_workers = on
cron.log_run = off
cron.log_statement = off
log_min_messages = fatal
log_min_error_statement = panic
documentdb.useFileBasedPersistedCursors = on
include_if_exists = 'instance.conf'"

build_template() {
  say "making the data folder that each engine starts as a copy of"
  local data=/srv/template.part
  rm -rf --one-file-system "$root$data"
  install -d -m 700 -o 70 -g 70 "$root$data"
  logged inside initdb -D "$data" -U postgres --auth=peer --no-sync --locale=C.UTF-8
  # The gateway runs as root, the extension's own jobs as postgres; nobody else gets in.
  printf 'local all all peer map=engine\n' >"$root$data/pg_hba.conf"
  printf 'engine %s\n' 'root postgres' 'postgres postgres' 'postgres documentdb_bg_worker_role' >"$root$data/pg_ident.conf"
  printf '%s\n' "$settings" >>"$root$data/postgresql.conf"
  instance_settings template.part
  logged inside pg_ctl -D "$data" -l "$data/log" -w start
  # Indexes are built at once here, so the jobs that look for work every two seconds are not wanted.
  logged inside psql -qX -v ON_ERROR_STOP=1 -h "@bradawl-engine-template.part" -U postgres postgres \
    -c 'CREATE EXTENSION documentdb CASCADE' \
    -c "SELECT cron.unschedule(jobid) FROM cron.job WHERE command LIKE '%build_index%'"
  logged inside pg_ctl -D "$data" -w -m fast stop
  rm "$root$data/instance.conf" "$root$data/log"
  mv "$root$data" "$root/srv/template"
}

instance_settings() {  # sockets in the abstract namespace: reached from outside the chroot, and no file is left behind
  local socket=@bradawl-engine-$1
  printf "%s = '%s'\n" unix_socket_directories "$socket" documentdb.localhost_connection_string "host=$socket" \
    >"$root/srv/$1/instance.conf"
}

prepare() {
  available || exit 1
  [ "$(kind)" = documentdb ] || { say "using $(kind): nothing to build"; return 0; }
  if [ -d "$root/srv/template" ]; then say "ready in $cache"; return 0; fi
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock -n 9 || { say "another run is building it: waiting"; flock 9; }
  # Only what an interrupted run left can be alive here.
  [ ! -f "$root/srv/template.part/postmaster.pid" ] || crash "$root/srv/template.part"
  [ -d "$root" ] || build_root  # keeps the lock in its children: a killed run may leave them at work
  [ -d "$root/srv/template" ] || build_template 9>&-
  exec 9>&-
  say "ready in $cache"
}

# --- processes

alive() {  # PID WORD: is the process there, and is it the one meant?
  [ -n "$1" ] && [ -d "/proc/$1" ] && [[ "$(tr '\0' ' ' <"/proc/$1/cmdline")" == *"$2"* ]]
}

# DATA: kill a postmaster and its children; it is stopped first, so it starts no others. What only a clean end would
# remove goes too: the shared memory that marks the folder as in use, and the pid file, which counts even a dead process
# that nobody has reaped yet.
crash() {
  local file=$1/postmaster.pid pid one family
  [ -s "$file" ] || return 0
  pid=$(head -n 1 "$file")
  if alive "$pid" "${1#"$root"}"; then
    kill -STOP "$pid"
    family="$(cat "/proc/$pid/task/$pid/children") $pid"
    # shellcheck disable=SC2086  # a list of process ids
    kill -KILL $family
    for one in $family; do gone "$one"; done
  fi
  one=$(awk 'NR == 7 { print $2 }' "$file")
  if [ -n "$one" ] && ipcs -m -i "$one" 2>/dev/null | grep -q shmid; then
    setpriv --reuid=70 --regid=70 --clear-groups ipcrm -m "$one"  # as its owner: in a container root may not
  fi
  rm "$file"
}

running() { [ -d "/proc/$1" ] && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }

gone() { while running "$1"; do sleep 0.02; done; }

field() { cat "$state/$1" 2>/dev/null; }

wait_for_file() {  # FILE PID LOG: our own child PID writes FILE once it is ready
  until [ -s "$1" ]; do
    running "$2" || { tail -n 5 "$3" >&2; die "it did not start: see $3"; }
    sleep 0.02
  done
}

launch() {  # start the processes over the data that is there; the port is kept when there was one
  local port
  port=$(field port) || port=0
  rm -f "$state/port.ready"
  if [ "$(field kind)" = mongod ]; then launch_mongod "$port"; else launch_documentdb "$port"; fi
}

launch_documentdb() {
  local id arguments=() pid
  id=$(basename "$(field data)")
  inside pg_ctl -D "/srv/$id" -l "/srv/$id/log" -w start >"$state/pg_ctl.log" 2>&1 9>&- ||
    { cat "$state/pg_ctl.log" "$root/srv/$id/log" >&2; die "PostgreSQL did not start"; }
  [ "$(field mode)" = standalone ] || arguments+=(--set-name rs0)
  [ ! -s "$state/user" ] || arguments+=(--user "$(field user)" --password-file "$state/password")
  arguments+=(--postgres "@bradawl-engine-$id" --port "$1" --port-file "$state/port.ready")
  setsid /usr/bin/python3 "$here/gateway.py" "${arguments[@]}" </dev/null >>"$state/gateway.log" 2>&1 9>&- &
  pid=$!
  echo "$pid" >"$state/pid"
  wait_for_file "$state/port.ready" "$pid" "$state/gateway.log"
  mv "$state/port.ready" "$state/port"
}

launch_mongod() {
  local port=$1 arguments=(--bind_ip 127.0.0.1 --dbpath "$(field data)") pid
  [ "$port" != 0 ] || port=$(/usr/bin/python3 -c 'import socket
with socket.create_server(("127.0.0.1", 0)) as free: print(free.getsockname()[1])')
  [ "$(field mode)" = standalone ] || arguments+=(--replSet rs0)
  setsid mongod --port "$port" "${arguments[@]}" </dev/null >>"$state/mongod.log" 2>&1 9>&- &
  pid=$!
  echo "$pid" >"$state/pid"
  /usr/bin/python3 "$here/mongod_ready.py" "$port" "$(field mode)" ||
    { tail -n 5 "$state/mongod.log" >&2; die "mongod did not start"; }
  echo "$port" >"$state/port"
}

strike() {  # SIGKILL of everything, in the order in which a client sees it
  local pid
  pid=$(field pid) || pid=
  for word in gateway.py mongod; do
    if alive "$pid" "$word"; then kill -KILL "$pid"; gone "$pid"; fi
  done
  [ "$(field kind)" != documentdb ] || crash "$(field data)"
}

sweep() {  # data folders whose state folder is gone: their owner died without a stop
  local data owner
  for data in "$root"/srv/e.*; do
    owner=$(cat "$data/owner" 2>/dev/null) || continue
    [ -d "$owner" ] && [ "$(cat "$owner/data" 2>/dev/null)" = "$data" ] && continue
    crash "$data"
    rm -rf --one-file-system "$data"
  done
}

# --- verbs

start() {
  available || exit 1
  [ "$(kind)" = given ] || [ ! -e "$state/kind" ] || die "$state already holds an engine: stop it first"
  mkdir -p "$state"
  kind >"$state/kind"
  echo "$mode" >"$state/mode"
  case $(field kind) in
    given) ;;
    mongod) [ -z "${ENGINE_USER:-}" ] || die "a user is set up only with the DocumentDB engine"
      mkdir -p "$state/mongod" && realpath "$state/mongod" >"$state/data"
      launch ;;
    documentdb)
      prepare
      exec 9>"$cache/lock"
      flock 9
      sweep
      local data
      data=$(mktemp -d "$root/srv/e.XXXXXXXX")
      realpath "$state" >"$data/owner"
      echo "$data" >"$state/data"
      exec 9>&-
      cp -a "$root/srv/template/." "$data"
      instance_settings "${data##*/}"
      if [ -n "${ENGINE_USER:-}" ]; then
        (umask 077 && printf '%s\n' "${ENGINE_PASSWORD:-}" >"$state/password")
        echo "$ENGINE_USER" >"$state/user"
      fi
      launch ;;
  esac
  uri
}

uri() {
  case $(field kind) in
    given) echo "$BRADAWL_TEST_MONGODB_URI" ;;
    '') die "no engine in $state" ;;
    *) if [ "$(field mode)" = standalone ]; then echo "mongodb://127.0.0.1:$(field port)/"
       else echo "mongodb://127.0.0.1:$(field port)/?replicaSet=rs0"; fi ;;
  esac
}

ours() {
  case $(field kind) in
    given) die "$1: not with an engine that was given by BRADAWL_TEST_MONGODB_URI" ;;
    '') die "no engine in $state" ;;
  esac
}

stop() {
  local data
  [ -e "$state/kind" ] || return 0
  strike
  if data=$(field data); then rm -rf --one-file-system "$data"; fi
  rm -f "$state"/{kind,mode,data,pid,port,port.ready,user,password,pg_ctl.log,gateway.log,mongod.log}
}

verb=${1:-}
[ $# -eq 0 ] || shift
mode=standalone state=${ENGINE_DIR:-}
for argument in "$@"; do
  case $argument in
    --mode=standalone|--mode=setname) mode=${argument#--mode=} ;;
    -*) die "unknown option $argument" ;;
    *) state=$argument ;;
  esac
done
case $verb in
  start|stop|uri|kill|cont|restart) [ -n "$state" ] || die "$verb: name a state folder or set ENGINE_DIR" ;;
esac
# An engine that runs goes on in the chroot it was started in, whatever the cache is by now.
if [ "$verb" != start ] && [ -s "$state/data" ] && [ "$(field kind)" = documentdb ]; then
  root=$(field data) root=${root%/srv/*}
fi
case $verb in
  available|prepare|start|uri|stop) "$verb" ;;
  kill) ours kill; strike ;;
  cont) ours cont; launch; uri ;;
  restart) ours restart; strike; launch; uri ;;
  *) sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
