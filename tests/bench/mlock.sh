#!/bin/bash
# What a lock costs: `mlock run x -- true` in a folder against flock(1), and on a server against that server's own
# latency; and how soon a lock is handed over.
#
#   tests/bench/mlock.sh [BUILD] [RUNS]
#
# BUILD (build/release) is a Release tree; RUNS (300) how often each is run. Prints CPU seconds from alternating runs and
# ratios; milliseconds of one run, of alternating ones, as median and least; memory; instructions where valgrind is on
# PATH; a peer or an engine that is not there is named and left out.
set -euo pipefail
here=$(cd "$(dirname -- "$0")" && pwd)
build=$(cd "${1:-$here/../../build/release}" && pwd)
runs=${2:-300}
export PATH=$build/tools:$PATH
support=$here/../support
scratch=$(mktemp -d)
trap '"$support/engine.sh" stop "$scratch/engine" >/dev/null 2>&1 || true; rm -rf "$scratch"' EXIT
cd "$scratch"

echo '--- in a folder'
repeated() { echo "for i in 1 2 3 4 5 6 7 8 9 10; do $1; done"; }
"$here/compare.py" --rounds 10 "mlock=$(repeated "mlock run --store=file:locks x -- true")" \
    "flock=$(repeated 'flock flock.lock true')"

cat >alternating.py <<'PYTHON'
"""Milliseconds of commands and of two findAndModify over one open connection, in turn: median and least."""
import os, statistics, subprocess, sys, time
sys.path.insert(0, sys.argv[1])
import wire, socket
runs, uri, commands = int(sys.argv[2]), sys.argv[3], sys.argv[4:]
took = {command: [] for command in commands}
stream = None
if uri:
    host, port = uri.removeprefix("mongodb://").rstrip("/").split(":")
    stream = socket.create_connection((host, int(port))).makefile("rwb")
    took["the server alone"] = []
def ask():
    for locked in (True, False):
        wire.call(stream, {"findAndModify": "bench", "query": {"_id": 1}, "update": {"$set": {"locked": locked}},
                           "upsert": True, "new": True, "$db": "locks"})
for _ in range(runs):
    for command in commands:
        began = time.perf_counter()
        subprocess.run(command.split(), check=True)
        took[command].append(1000 * (time.perf_counter() - began))
    if stream:
        began = time.perf_counter()
        ask()
        took["the server alone"].append(1000 * (time.perf_counter() - began))
for what, all_of_them in took.items():
    print(f"{what}: median {statistics.median(all_of_them):.2f} ms, least {min(all_of_them):.2f} ms")
PYTHON
/usr/bin/python3 alternating.py "$support" "$runs" '' 'true' 'flock flock.lock true' "mlock run --store=file:locks x -- true"
/usr/bin/time -f '%M KiB at most' mlock run --store=file:locks x -- true

if "$support/engine.sh" available 2>/dev/null; then
    echo '--- on a server'
    uri=$("$support/engine.sh" start "$scratch/engine" 2>/dev/null)
    /usr/bin/python3 alternating.py "$support" "$runs" "$uri" 'true' "mlock run --store=$uri x -- true"
    /usr/bin/time -f '%M KiB at most' mlock run --store="$uri" x -- true
    "$here/handover.py" engine
else
    echo 'there is no engine: left out'
fi
"$here/handover.py" file
if command -v valgrind >/dev/null; then
    valgrind --tool=callgrind --callgrind-out-file=/dev/null mlock run --store=file:locks x -- true 2>&1 |
        sed -n 's/.*Collected : \(.*\)/\1 instructions of mlock itself/p' | head -n 1
fi
