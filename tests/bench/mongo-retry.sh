#!/bin/bash
# What writing to MongoDB costs: mongo-retry against mongoimport and pymongo, on a server that keeps nothing; and how
# soon it writes again after an outage.
#
#   tests/bench/mongo-retry.sh [BUILD] [DOCUMENTS]
#
# BUILD (build/release) is a Release tree; DOCUMENTS (100000) how many tweet-shaped documents to write. Prints CPU
# seconds from alternating runs and ratios; instructions a document where valgrind is on PATH and BUILD is linked shared
# (valgrind sees nothing of a static program's allocations, but counts its instructions all the same); a peer that is
# not on PATH is named and left out.
set -euo pipefail
here=$(cd "$(dirname -- "$0")" && pwd)
build=$(cd "${1:-$here/../../build/release}" && pwd)
documents=${2:-100000}
tool=$build/tools/mongo-retry
scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$scratch"' EXIT
cd "$scratch"

"$build/tests/support/records" --count "$documents" --seed 1 >lines
head -n 1000 lines >lines.1000
head -n 4000 lines >lines.4000
bytes=$(stat -c %s lines)
echo "$documents documents, $((bytes / documents)) bytes each on average"

"$build/tests/support/null_server" >port &
until [ -s port ]; do sleep 0.1; done
uri=mongodb://127.0.0.1:$(cat port)/

cat >with_pymongo.py <<'PYTHON'
import itertools, json, sys
import pymongo
collection = pymongo.MongoClient(sys.argv[1]).d.c
with open(sys.argv[2], encoding="utf-8") as lines:
    while batch := [json.loads(line) for line in itertools.islice(lines, 1000)]:
        collection.insert_many(batch, ordered=False)
PYTHON
runs=("insert=$tool insert --uri=$uri --into=d.c lines" "upsert=$tool upsert --uri=$uri --into=d.c lines")
if command -v mongoimport >/dev/null; then
    runs+=("mongoimport=mongoimport --quiet --uri=$uri --db=d --collection=c lines")
else
    echo 'mongoimport is not on PATH: left out'
fi
if /usr/bin/python3 -c 'import pymongo' 2>/dev/null; then
    runs+=("pymongo=/usr/bin/python3 with_pymongo.py $uri lines")
else
    echo 'pymongo is not installed for /usr/bin/python3: left out'
fi
"$here/compare.py" --rounds 5 --bytes "$bytes" "${runs[@]}"

if command -v valgrind >/dev/null; then
    for command in insert upsert; do
        for count in 1000 4000; do
            valgrind --tool=callgrind --callgrind-out-file=/dev/null "$tool" "$command" --uri="$uri" --into=d.c \
                "lines.$count" 2>&1 | sed -n 's/.*Collected : //p' >"instructions.$count"
        done
        echo "$command: $((($(cat instructions.4000) - $(cat instructions.1000)) / 3000)) instructions a document"
    done
else
    echo 'valgrind is not on PATH: instructions are not counted'
fi

# The time from the moment that a server listens again to the first document written, over outages of different length.
"$here/recovery.py" "$tool" "$build/tests/support/null_server"
