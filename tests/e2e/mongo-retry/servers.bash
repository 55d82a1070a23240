# For the cases of this folder: servers to talk to, ended with the case. Sourced.
# shellcheck shell=bash
set -u
pids=()
end_servers() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    wait
    [ ! -e engine ] || "$SUPPORT/engine.sh" stop "$PWD/engine" >/dev/null 2>&1
}
trap end_servers EXIT

# first_line FILE: waits for the file's first line and prints it.
first_line() {
    local tries
    for tries in {1..300}; do
        if [ -s "$1" ] && [ "$(wc -l <"$1")" -gt 0 ]; then
            head -n 1 "$1"
            return
        fi
        sleep 0.05
    done
    echo "no line in $1 after $tries tries" >&2
    exit 1
}

# mock [SCRIPT]: a scripted server; sets $uri. What it was asked is in mock.log.
mock() {
    rm -f mock.uri
    if [ $# -gt 0 ]; then
        printf '%s' "$1" >mock.json
        set -- mock.json
    fi
    "$SUPPORT/wire_mock.py" "$@" --log mock.log >mock.uri &
    mock_pid=$!
    pids+=("$mock_pid")
    uri=$(first_line mock.uri)
}
mock_end() {
    kill "$mock_pid"
    wait "$mock_pid" 2>/dev/null
}
# engine [OPTION]: a real one; sets $uri. A case that calls it has the label engine.
engine() {
    "$SUPPORT/engine.sh" available || exit 77
    uri=$("$SUPPORT/engine.sh" start "$PWD/engine" "$@" 2>engine.err) || {
        cat engine.err >&2
        exit 1
    }
    address=${uri#mongodb://}
    address=${address%%/*}
}

# Messages without what differs from run to run: ports, spans of time, counts of attempts.
steady() { sed -E "s/127\.0\.0\.1:[0-9]+/HOST:PORT/g; s/[0-9]+\.[0-9]+ s/TIME/g; s/attempt [0-9]+/attempt N/"; }

# through_faults COMMAND SEED: a hundred thousand documents by COMMAND through 200 faults of the way and two crashes of
# the engine, on a server to which the driver sends nothing twice: the collection is the input, no more and no less.
# A connection of which one half is closed costs the socket timeout, hence a short one.
through_faults() {
    engine
    "$SUPPORT/fault_proxy.py" --to "$address" --faults 200 --seed "$2" --between 60000 --log proxy.log >proxy.port 2>proxy.err &
    pids+=($!)
    port=$(first_line proxy.port)
    awk -v seed="$2" 'BEGIN {
        srand(seed)
        for (i = 0; i < 100000; ++i) {
            text = sprintf("%*s", 10 + int(rand() * 110), "")
            gsub(/ /, "x", text)
            printf "{\"_id\":%d,\"text\":\"%s\"}\n", i, text
        }
    }' >input
    for _ in 1 2; do
        sleep 10
        "$SUPPORT/engine.sh" kill "$PWD/engine"
        sleep 1
        "$SUPPORT/engine.sh" cont "$PWD/engine"
    done >crashes 2>&1 &
    crashes=$!
    mongo-retry "$1" -q --uri "mongodb://127.0.0.1:$port/?socketTimeoutMS=1000" --into d.c --batch 500 input
    echo "exit code $?"
    wait "$crashes"
    grep -c '"fault"' proxy.log
    mongo-retry find --uri "$uri" --from d.c | cmp - input && echo same
}
