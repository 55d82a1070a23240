# Standard output that takes nothing: a full device, one that is closed, a reader that has gone.
. "$SUPPORT/feed_case.sh"
records --count 5 --seed 1 >records
# The feed falls silent after five records: nothing but the failed write can end this.
feed --at-end hold --replay 5
code=0
timeout 30 stream-tail "$url" >/dev/full || code=$?
echo "full device: $code"
code=0
timeout 30 stream-tail "$url" >&- || code=$?
echo "closed: $code"
code=0
timeout 30 stream-tail "$url" >&- <&- || code=$?
echo "closed, standard input too: $code"
code=0
timeout 30 stream-tail "$url" >&- 2>&- || code=$?
echo "closed, standard error too: $code"
{
    code=0
    timeout 30 stream-tail "$url" || code=$?
    echo "$code" >code
} | head -n 2 >out
until_true test -s code
echo "reader gone: $(cat code)"
[ "$(head -n 2 records)" = "$(cat out)" ] && echo whole
stop_feed
# The file of rejects is an output too.
feed --script garbage@2 --at-end hold
shown timeout 30 stream-tail --rejects=/dev/full "$url"
