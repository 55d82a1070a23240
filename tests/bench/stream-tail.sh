#!/bin/bash
# What following a stream costs: stream-tail against curl, curl | jq and a Python loop on the same server.
#
#   tests/bench/stream-tail.sh [BUILD] [MEGABYTES]
#
# BUILD (build/release) is a Release tree; MEGABYTES (200) the size of the body, tweet-shaped lines with CRLF. Prints
# CPU seconds from alternating runs and ratios; a peer that is not on PATH is named and left out.
set -euo pipefail
here=$(cd "$(dirname -- "$0")" && pwd)
build=${1:-$here/../../build/release}
megabytes=${2:-200}
support=$here/../support
tail=$build/tools/stream-tail
scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$scratch"' EXIT

"$build/tests/support/records" --count $((megabytes * 730)) --seed 1 >"$scratch/records"
bytes=$(stat -c %s "$scratch/records")

serve() { # serve NAME OPTION…: sets $url
    "$support/feed_server.py" --records "$scratch/records" --bulk --crlf --port-file "$scratch/$1.port" "${@:2}" &
    until [ -s "$scratch/$1.port" ]; do sleep 0.1; done
    url=http://127.0.0.1:$(cat "$scratch/$1.port")/stream.json
}
cat >"$scratch/loop.py" <<'PYTHON'
import json, sys
import requests
with requests.get(sys.argv[1], stream=True) as response:
    for line in response.iter_lines(chunk_size=512):
        if line:
            json.loads(line)
            sys.stdout.buffer.write(line + b"\n")
PYTHON
python=("python loop=/usr/bin/python3 $scratch/loop.py URL")
/usr/bin/python3 -c 'import requests' || { echo 'left out: python loop (no requests)'; python=(); }
jq=('curl | jq -c=curl -sN --compressed URL | jq -c .')
command -v jq >/dev/null || { echo 'left out: jq'; jq=(); }
run() { # run ROUNDS PAIR…
    "$here/compare.py" --check --bytes "$bytes" --rounds "$1" "${@:2}"
}

echo "body: $bytes bytes"
serve plain
echo '--- plain'
pairs=("stream-tail=$tail --no-reconnect URL" "stream-tail unchecked=$tail --no-validate --no-reconnect URL" 'curl=curl -sN URL')
run 7 "${pairs[@]//URL/$url}"
slow=("stream-tail=$tail --no-reconnect URL" "${python[@]}" "${jq[@]}")
run 1 "${slow[@]//URL/$url}"
for flush in one per-16 per-line; do
    serve "gzip-$flush" --gzip "$flush"
    echo "--- gzip, flushed: $flush"
    pairs=("stream-tail=$tail --no-reconnect URL" 'curl --compressed=curl -sN --compressed URL')
    run 5 "${pairs[@]//URL/$url}"
done
