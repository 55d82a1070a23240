# How long it waits before it connects again, told by the log: the three ladders, and what the server asks for.
. "$SUPPORT/feed_case.sh"
records --count 3 --seed 1 >records
waits() { # the waits of ./err, as the log has them
    /usr/bin/python3 -c '
import json
print(*(json.loads(line)["wait"] for line in open("err") if json.loads(line)["event"] == "retry"))'
}
# A second of these is a millisecond.
laddered() {
    feed --script "$1" --at-end hold
    STREAM_TAIL_TIME_SCALE=0.001 timeout 60 stream-tail --log-format=json --jitter=0 -c 3 "${@:2}" "$url" >out 2>err
    echo "$1 ${*:2}: $(waits)"
    stop_feed
}
laddered 503@0,500@0,502@0,504@0,408@0,503@0,503@0,503@0
laddered 429@0,420@0,429@0,429@0,429@0,429@0
laddered 503@0,503@0,429@0,503@0,429@0,429@0
laddered 503@0,503@0 --backoff-http=7:+1:7.5
laddered 429@0,429@0,429@0 --backoff-limit=1:x3:5
laddered 401@0,401@0
port=$(/usr/bin/python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
STREAM_TAIL_TIME_SCALE=0.01 stream-tail --log-format=json --jitter=0 --retry=6 "http://127.0.0.1:$port/" 2>err
echo "refused: $(waits)"

# asked LEAST MOST SCRIPT OPTION…: whether the first wait is between these seconds, without waiting for it.
asked() {
    local least=$1 most=$2
    shift 2
    feed --script "$1" --at-end hold
    : >err
    stream-tail --log-format=json "${@:2}" "$url" >out 2>err &
    local tail=$!
    until_true grep -q '"retry"' err
    kill $tail
    wait $tail
    stop_feed
    /usr/bin/python3 -c "print('$*:', 'as asked' if $least <= $(waits) <= $most else $(waits))"
}
asked 300 300 429=300@0 --jitter=0
asked 298 300 420=date300@0 --jitter=0
asked 298 300 429=reset300@0 --jitter=0
asked 120 120 503=120@0 --jitter=0
asked 5 5 503=1@0 --jitter=0
asked 60 60 429=1@0 --jitter=0
asked 900 900 429=100000@0 --jitter=0
asked 300 300 401=300@0 --jitter=0
asked 0 0.25 503=0@0 --backoff-http=0:x2:1 --jitter=0
asked 300 330 429=300@0
asked 300 600 429=300@0 --jitter=100
