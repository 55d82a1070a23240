#!/bin/sh
# The toolkit's main job on this machine, with everything going wrong: a feed of 20,000 records that breaks in ten ways
# is followed into a database that is killed and started again in the middle; then every record is shown to be there
# once.
#
#   sh tests/demo.sh
#
# Installs and builds what is missing first (tests/setup.sh). Everything runs on 127.0.0.1 and stops by itself. Where no
# database can be had, the same pipeline runs into a file and says so; with CI=true that is a failure.
set -eu
exec </dev/null
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export PATH

root=$(cd "$(dirname -- "$0")/.." && pwd)
support=$root/tests/support
records=20000
replay=50
cd "$root"
say() { printf '\n== %s\n' "$*"; }

sh tests/setup.sh
PATH=${BRADAWL_BUILD:-$root/build}/release/tools:$PATH

scratch=$(mktemp -d "${TMPDIR:-/tmp}/bradawl-demo.XXXXXX")
ENGINE_DIR=$scratch/engine
export ENGINE_DIR
engine=none
feed=
clean_up() {
    if [ -n "$feed" ]; then kill "$feed" 2>/dev/null || :; fi
    if [ "$engine" != none ]; then bash "$support/engine.sh" stop >/dev/null 2>&1 || :; fi
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# --- the two ends ---------------------------------------------------------------------------------------
say "a feed of $records records, gzip over TLS with Basic authentication, that breaks in ten ways"
g++ -std=c++20 -O2 -o "$scratch/records" "$support/records.cpp"
"$scratch/records" --count $records --seed 20260101 >"$scratch/feed.ndjson"
sh "$support/certs.sh" "$scratch/certs"
(umask 077 && printf 'demo:%s' "$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')" >"$scratch/secret")
cat <<'LIST'
   record  1500  the connection closes in the middle of a line
   record  3000  it is reset in the middle of a record
   record  5000  it closes inside a gzip block
   record  7000  it closes without HTTP's end mark
   record  9000  the gzip checksum is wrong
   record 11000  the gzip data end, HTTP says all is well
   record 13000  the server answers 503 and asks for a second's patience
   record 14500  it closes inside a UTF-8 character
   record 16000  it closes inside a chunk header
   record 18500  nobody listens for two seconds
LIST
echo "   After each break the server sends the last $replay records again, as Gnip's backfill does."
"$support/feed_server.py" --records "$scratch/feed.ndjson" --log "$scratch/feed.log" --port-file "$scratch/port" \
    --tls "$scratch/certs/server.pem" "$scratch/certs/server.key" --basic "$(cat "$scratch/secret")" \
    --gzip per-16 --crlf --pace 1000 --replay $replay --after-end 204 --max-seconds 300 --script \
    "cut-line@1500,rst@3000,cut-gzip@5000,fin@7000,crc@9000,no-trailer@11000,503=1@13000,cut-utf8@14500,cut-chunk@16000,refuse=2@18500" &
feed=$!

if bash "$support/engine.sh" available; then
    BRADAWL_MONGODB_URI=$(bash "$support/engine.sh" start --mode=setname)
    export BRADAWL_MONGODB_URI
    engine=started
    say "a database that speaks MongoDB's protocol: $BRADAWL_MONGODB_URI"
fi
until [ -s "$scratch/port" ]; do sleep 0.1; done
url=https://127.0.0.1:$(cat "$scratch/port")/stream.json

# --- the pipeline ---------------------------------------------------------------------------------------
began=$(date +%s)
# Each message with the seconds since the beginning before it.
timed() {
    while IFS= read -r line; do printf '%5d s  %s\n' $(($(date +%s) - began)) "$line"; done
}
follow() { stream-tail -u "@$scratch/secret" --cacert "$scratch/certs/ca.pem" "$url"; }

say 'what the two tools say while it runs'
# run COMMAND, telling its messages as they come; $took is how long it ran.
run_told() {
    : >"$scratch/messages"
    "$@" 2>>"$scratch/messages" &
    pipeline=$!
    tail -n +1 -F --pid=$pipeline "$scratch/messages" 2>/dev/null | timed &
    teller=$!
    if [ $engine = started ]; then
        sleep 10
        echo 'demo: the database is killed (SIGKILL); it comes back in three seconds' >>"$scratch/messages"
        bash "$support/engine.sh" kill
        sleep 3
        bash "$support/engine.sh" cont >/dev/null
    fi
    wait $pipeline
    took=$(($(date +%s) - began))
    wait $teller
}
into_database() { follow | mongo-retry -v upsert --into demo.tweets --id-from id_str --dead "$scratch/dead"; }
into_file() { follow >"$scratch/found"; }

if [ $engine = started ]; then
    echo "stream-tail -u @secret --cacert ca.pem $url |"
    echo '    mongo-retry upsert --into demo.tweets --id-from id_str --dead dead.ndjson'
    run_told into_database
    say 'what is in the database'
    echo "mongo-retry count --from demo.tweets: $(mongo-retry count --from demo.tweets)"
    mongo-retry find --from demo.tweets >"$scratch/found"
else
    say 'LEFT OUT: neither a MongoDB nor the engine for tests can be had here; the pipeline runs into a file'
    run_told into_file
    say 'what is in the file'
fi

# --- the proof ------------------------------------------------------------------------------------------
/usr/bin/python3 - "$scratch/feed.ndjson" "$scratch/found" $engine <<'PYTHON'
import json, sys

feed = {record["id_str"]: record for record in map(json.loads, open(sys.argv[1], encoding="utf-8"))}
found, repeats, foreign, altered = set(), 0, 0, 0
for record in map(json.loads, open(sys.argv[2], encoding="utf-8")):
    key = record.pop("_id") if sys.argv[3] == "started" else record["id_str"]
    repeats += key in found
    found.add(key)
    foreign += key not in feed
    altered += key in feed and record != feed[key]
missing = len(feed.keys() - found)
print(f"{len(feed)} records were sent; {len(found)} are there, {missing} missing, {altered} altered, {foreign} foreign, "
      f"{repeats} there more than once")
if sys.argv[3] == "started":
    sys.exit(bool(missing or altered or foreign or repeats))
print("(a file keeps the records that the server sent again; the database does not)")
sys.exit(bool(missing or altered or foreign))
PYTHON
/usr/bin/python3 - "$scratch/feed.log" "$scratch/messages" <<'PYTHON'
import json, re, sys

connections = [entry for entry in map(json.loads, open(sys.argv[1])) if entry["event"] == "connection"]
messages = open(sys.argv[2], encoding="utf-8").read()
outages = [float(seconds) for seconds in re.findall(r"records again after ([0-9.]+) s", messages)]
print(f"the feed was connected to {len(connections)} times; {len(outages)} outages, {sum(outages):.1f} s in all, "
      f"the longest {max(outages):.1f} s")
for away, resent in re.findall(r"mongo-retry: back after (.*), ([0-9]+) documents", messages):
    print(f"the database was away for {away}; {resent} records were on their way and sent again")
PYTHON
say "done in $took s"
if [ $engine != started ] && [ "${CI:-}" = true ]; then
    echo 'demo: CI must have a database' >&2
    exit 1
fi
