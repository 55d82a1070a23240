#!/bin/bash
# What decoding and encoding cost: jdata-dump against Java's own streams and Python's struct on the same files.
#
#   tests/bench/jdata-dump.sh [BUILD] [MEGABYTES] [ROUNDS]
#
# BUILD (build/release) is a Release tree; MEGABYTES (20) the size of the files of records: 200 makes little of the
# second in which a Java machine starts and compiles; ROUNDS (5) how often each but the slowest is run. Prints CPU
# seconds, MB of input a CPU second and ratios from alternating runs, memory, and the wall time of two jobs; a peer that
# is not on PATH is named and left out.
set -euo pipefail
here=$(cd "$(dirname -- "$0")" && pwd)
build=$(cd "${1:-$here/../../build/release}" && pwd)
megabytes=${2:-20}
rounds=${3:-5}
export PATH=$build/tools:$PATH
[ -x "$build/tools/jdata-dump" ] || { echo "jdata-dump.sh: there is no jdata-dump in $build/tools" >&2; exit 1; }
command -v javac >/dev/null || { echo 'jdata-dump.sh: there is no javac on PATH, which makes the files' >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

export schema='id:int ts:long price:double symbol:utf flag:bool v:float[short]'
java='java -cp classes Records'
javac -d classes "$here/../support/java/Records.java"
for kind in data rand; do
    $java write $kind $((megabytes * 23224)) $kind
done
$java objects $((megabytes * 5000)) objects
cat >peer.py <<'PYTHON'
"""decode FILE | encode FILE: the same records by struct and json."""
import json, struct, sys
head, tail = struct.Struct(">iqdH"), struct.Struct(">?h")
def decode(data, at=0):
    while at < len(data):
        number, ts, price, size = head.unpack_from(data, at)
        at += head.size + size
        symbol = data[at - size:at].decode()
        flag, count = tail.unpack_from(data, at)
        at += tail.size + 4 * count
        v = struct.unpack_from(f">{count}f", data, at - 4 * count)
        print(json.dumps({"id": number, "ts": ts, "price": price, "symbol": symbol, "flag": flag, "v": v}))
def encode(lines):
    for line in lines:
        record = json.loads(line)
        symbol, v = record["symbol"].encode(), record["v"]
        sys.stdout.buffer.write(head.pack(record["id"], record["ts"], record["price"], len(symbol)) + symbol +
                                tail.pack(record["flag"], len(v)) + struct.pack(f">{len(v)}f", *v))
with open(sys.argv[2], "rb") as file:
    decode(file.read()) if sys.argv[1] == "decode" else encode(file)
PYTHON

# compare ROUNDS FILE NAME=COMMAND…: what each costs for FILE, which its command calls FILE.
compare() {
    local pairs=("${@:3}")
    "$here/compare.py" --rounds "$1" --bytes "$(stat -c %s "$2")" "${pairs[@]//FILE/$2}" |
        awk 'NR == 1 { print $0 "  MB/CPU s"; next }
            { per_gb = substr($0, 35, 9) + 0; print $0 sprintf("  %8.1f", per_gb > 0 ? 1000 / per_gb : 0) }'
}

cat >walls.py <<'PYTHON'
"""Milliseconds of commands that take turns: the median of each, and the ratio of the first to it."""
import statistics, subprocess, sys, time
rounds, commands = int(sys.argv[1]), sys.argv[2:]
took = {command: [] for command in commands}
for _ in range(rounds):
    for command in commands:
        began = time.perf_counter()
        subprocess.run(["sh", "-c", command], check=True, stdout=subprocess.DEVNULL)
        took[command].append(1000 * (time.perf_counter() - began))
first = took[commands[0]]
for command, times in took.items():
    gain = statistics.median(one / other for one, other in zip(first, times))
    print(f"{command}: median {statistics.median(times):.1f} ms, {gain:.2f} times as fast as the first")
PYTHON

# shellcheck disable=SC2016 # sh expands $schema
decode='jdata-dump -s "$schema" FILE'
echo "--- files: $(stat -c '%n %s' data rand objects | paste -sd ' ') bytes"
for kind in data rand; do
    eval "${decode/FILE/$kind}" >$kind.json
    # Java 17 writes some numbers of rand longer than need be.
    $java json $kind | cmp -s - $kind.json && same=the\ same || same=not\ the\ same
    echo "$kind: its lines and Java's are $same"
    jdata-dump encode -s "$schema" $kind.json | cmp - $kind && echo "$kind: its lines encode to the file again"
done
for kind in data rand; do
    echo "--- $kind"
    compare "$rounds" $kind "decode=$decode" "Java=$java json FILE"
    compare 1 $kind "decode=$decode" 'Python struct=/usr/bin/python3 peer.py decode FILE'
done
echo '--- data, less of it'
# shellcheck disable=SC2016
compare "$rounds" data "decode=$decode" 'check=jdata-dump check -s "$schema" FILE' \
    'select=jdata-dump -s "$schema" --select=id,symbol FILE'
echo '--- two jobs, wall'
/usr/bin/python3 walls.py "$rounds" "${decode/FILE/data}" "${decode/FILE/--jobs 2 data}"
echo '--- encode; bytes are those of JSON'
# shellcheck disable=SC2016
encode='jdata-dump encode -s "$schema" FILE'
compare "$rounds" data.json "encode=$encode"
compare "$rounds" rand.json "encode=$encode"
compare 1 data.json "encode=$encode" 'Python struct=/usr/bin/python3 peer.py encode FILE'
echo '--- objects'
compare "$rounds" objects 'natural=jdata-dump objects FILE' "Java=$java read-objects FILE"
