# INT and TERM are how a stream ends: exit 0 with whole lines. HUP is told to the parent. A second signal ends at once.
. "$SUPPORT/feed_case.sh"
records --count 400 --seed 1 >records
enough() { [ "$(wc -l <out)" -ge "$1" ]; }
for signal in INT TERM HUP; do
    feed --pace 200 --gzip per-3 --chunk random --at-end hold
    : >out
    # A shell has its jobs ignore INT.
    env --default-signal=INT stream-tail "$url" >out 2>err &
    tail=$!
    until_true enough 20
    kill -$signal $tail
    code=0
    wait $tail 2>/dev/null || code=$?
    stop_feed
    cat err
    echo "$signal in the midst of records: exit $code, $(checked --until-last | cut -c 1-3)"
done
# A signal that the parent had ignored stays ignored (nohup).
feed --at-end hold --replay 400
: >out
(trap '' HUP && exec stream-tail "$url" >out) &
tail=$!
until_true enough 1
kill -HUP $tail
until_true enough 400
kill $tail
wait $tail
echo "HUP ignored, then TERM: exit $?"
stop_feed
# While it waits to connect again, 16 s and more.
: >err
stream-tail --backoff-net=60:+1:60 "$url" 2>err &
tail=$!
until_true grep -q again err
kill $tail
wait $tail
echo "TERM between attempts: exit $?"
# While a reader holds it up the first signal waits for the reader; the second does not.
mkfifo pipe
feed --at-end hold --replay 400
: >err
stream-tail -v --queue-bytes=100K "$url" 2>err >pipe &
tail=$!
exec 5<pipe
until_true grep -q slow err
kill $tail
none_pending() { grep -q '^ShdPnd:.0*$' "/proc/$tail/status"; }
until_true none_pending # two signals of a kind, sent at once, are one
kill -0 $tail && echo waits for the reader
kill $tail
code=0
wait $tail 2>/dev/null || code=$?
echo "second TERM: exit $code"
exec 5<&-
