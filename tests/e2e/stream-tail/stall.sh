# The stall clock finds what is dead, and lets live what keeps alive. A second of these 90 is 5 ms.
. "$SUPPORT/feed_case.sh"
export STREAM_TAIL_TIME_SCALE=0.005
records --count 6 --seed 1 >records
connections() { grep -c '"event": "connection"' log; }
feed --script stall=30@3 --at-end hold
shown stream-tail -c 6 "$url"
stop_feed
echo "silent: $(connections) connections"
feed --script hush=2@3 --keep-alive 0.05 --at-end hold --crlf
shown stream-tail -c 6 "$url"
stop_feed
echo "nothing but keep-alives: $(connections) connection"
feed --script hush=2@3 --keep-alive 0.05 --at-end hold --gzip per-line
shown stream-tail -c 6 "$url"
stop_feed
echo "in gzip too: $(connections) connection"
feed --script stall=1@3 --at-end hold
shown stream-tail -c 6 --stall=0 "$url"
stop_feed
echo "with the clock off: $(connections) connection"
echo '== half-open: the host is there, the server does nothing'
feed --pace 20 --replay 6
: >out
stream-tail "$url" >out 2>err &
tail=$!
until_true grep -q . out
kill -STOP "$server"
stalls() { [ "$(grep -c 'nothing came' err)" -ge 3 ]; }
until_true stalls
kill -CONT "$server"
complete() { cmp -s <(sort -u out) <(sort -u records); }
until_true complete
kill $tail
wait $tail
echo "exit $?"
stop_feed
checked | cut -d, -f 1-3
