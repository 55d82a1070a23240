# A reader that stands still: the queue fills, then the server waits; memory is bounded, the stall clock stands, nothing
# is lost. Not so small a thing when a few bytes of gzip are many of lines.
. "$SUPPORT/feed_case.sh"
mkfifo pipe
# held_up OPTION…: stream-tail into a reader that is stopped before it reads a byte; 0.1 s of silence is a stall.
held_up() {
    STREAM_TAIL_TIME_SCALE=0.001 stream-tail -v --no-reconnect --stall=100 --queue-bytes=2M "$@" 2>err >pipe &
    tail=$!
    (kill -STOP "$BASHPID" && exec cat) <pipe >out &
    reader=$!
    until_true grep -q slow err
}
bounded() {
    local size
    size=$(awk '/^VmHWM/ { print $2 }' "/proc/$tail/status")
    [ -n "${SANITIZE:-}" ] || [ "$size" -lt $((24 * 1024)) ] || echo "$size KiB resident"
}
let_go() {
    kill -CONT $reader
    local code=0
    wait $tail || code=$?
    wait $reader
    cat err
    echo "exit $code"
}
# The server's socket holds bytes that the client does not take.
server_waits() {
    awk -v port="$(printf ':%04X' "$port")" '$2 ~ port "$" && $4 == "01" && $5 !~ /^00000000:/ { found = 1 }
        END { exit !found }' /proc/net/tcp
}

records --count 20000 --seed 1 >records
feed --bulk
held_up "$url"
until_true server_waits
sleep 0.3 # three times what a stall takes
server_waits && bounded && echo 'the server waits'
let_go
cmp out records && echo "all $(wc -l <out) records"
stop_feed

feed --bulk --gzip one
held_up "$url"
sleep 0.3
bounded
let_go
cmp out records && echo "all $(wc -l <out) records"
stop_feed

/usr/bin/python3 - <<'PYTHON'
import gzip
body = gzip.compress(b'{"n":"%b"}\n' % (b"0" * 100_000) * 600, 9)
head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
open("answer", "wb").write(head + body)
PYTHON
origin --answer answer
held_up "$url"
sleep 0.3
bounded
let_go
echo "$(wc -l <out) records, $(uniq out | wc -l) of a kind"
