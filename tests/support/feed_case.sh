# Words for the cases of stream-tail: servers on free ports that end with the case, and what came out. Sourced by bash.
# shellcheck shell=bash
set -u
exec 3>&1 # the case's own output, for those whose standard output goes elsewhere
servers=()
end_servers() {
    local pid
    for pid in "${servers[@]}"; do
        kill -CONT "$pid" && kill "$pid" && wait "$pid"
    done 2>/dev/null
}
trap end_servers EXIT

die() {
    echo "case: $*" >&3
    exit 1
}

# start PROGRAM…: a server that prints its port or socket, which goes into $port; its process into $server.
start() {
    mkfifo port.fifo
    "$@" >port.fifo 3>&- 9>&- &
    server=$!
    servers+=("$server")
    read -r port <port.fifo || die "$1 $2 did not start"
    rm port.fifo
}

# feed OPTION…: a feed server of the records in ./records, logging to ./log; $url is its feed ($scheme https: over TLS).
feed() {
    start /usr/bin/python3 "$SUPPORT/feed_server.py" --records records --log log --max-seconds 300 "$@"
    url=${scheme:-http}://127.0.0.1:$port/feed.json
}

# origin OPTION…: a server that writes each request down in ./requests and answers one record; $url is its root.
origin() {
    start /usr/bin/python3 "$SUPPORT/request_log.py" --log requests "$@"
    url=${scheme:-http}://127.0.0.1:$port
}

# stop_feed: ends the last server, so that its log is complete.
stop_feed() {
    kill "$server"
    wait "$server"
    unset 'servers[-1]'
}

# until_true COMMAND…: waits for what another process does; 30 s are as good as never.
until_true() {
    local deadline=$((SECONDS + 30))
    until "$@" 2>/dev/null; do
        [ "$SECONDS" -lt "$deadline" ] || die "never true: $*"
        sleep 0.01
    done
}

# shown COMMAND…: what it says and how it ends, without the port and without what differs from run to run; a line of
# ./records by its number.
shown() {
    local code=0
    timeout 60 "$@" >out 2>err || code=$?
    [ -e records ] || : >records
    awk 'FILENAME == "records" { number[$0] = FNR; next }
        { print "out: " ($0 in number ? "record " number[$0] : $0) }' records out
    sed -E "s/:${port:-none}\b/:PORT/g; s/(in [0-9.]+ s|at once) \(attempt/in N s (attempt/
         s/again after [0-9.]+ s/again after N s/
        s/^/err: /" err
    echo "exit: $code"
}

# verdict OPTION…: the checker's words on ./out. checked: those that do not depend on when the client left.
verdict() {
    /usr/bin/python3 "$SUPPORT/check_feed.py" --records records --log log "$@" out
}
# shellcheck disable=SC2120 # the cases give options
checked() {
    verdict "$@" | sed -E 's/, [0-9]+ repeats of .* never sent//; s/, [0-9]+ connections.*//'
}

# outlive COUNT SEED OPTION…: stream-tail through COUNT faults of a feed server that replays its last 20 records at each
# connection, with every kind of fault that a client is to outlive. Prints the verdict on what came out; what each kind
# of fault cost is shown to whoever runs the case with -V.
outlive() {
    local count=$1 seed=$2 kinds
    shift 2
    kinds=cut-line,cut-utf8,cut-gzip,cut-chunk,rst,fin,end,crc,no-trailer,zeros,members,empty-member,garbage,huge,empty
    kinds+=,http10,stall=0.4,hush=0.1,slow-headers=0.1,refuse=0.1,401,403,408,420,429,500,502,503,504,301,302,303,307,308
    records --count 4000 --seed "$seed" >records
    feed --faults "$count" --seed "$seed" --kinds "$kinds" --replay 20 --keep-alive 0.02 --chunk random --after-end 204 \
        --huge-bytes 70000 "$@"
    # 0.2 s of silence is a stall, and no ladder is climbed for long.
    local code=0
    STREAM_TAIL_TIME_SCALE=0.0001 timeout 200 stream-tail -q --stall=2000 --max-message=64K --rejects=rejects \
        ${cacert:+--cacert="$cacert"} "$url" >out 2>err || code=$?
    stop_feed
    cat err
    /usr/bin/python3 "$SUPPORT/fault_costs.py" --log log >costs
    { echo "seed $seed $*"; verdict; cat costs; } >&9
    echo "seed $seed: exit $code after $(awk '$1 == "all" { print $2 }' costs) faults"
    checked
    local garbage
    garbage=$(grep -o '"name": "garbage"' log | wc -l)
    [ "$(wc -l <rejects)" -eq "$garbage" ] || echo "$garbage bad lines were sent, rejects has $(wc -l <rejects)"
}
