# --count is exact, over reconnects too; --duration ends whatever it is doing; so do --retry and --retry-max-time.
. "$SUPPORT/feed_case.sh"
records --count 300 --seed 1 >records
for count in 1 7 299 300; do
    for gzip in none one; do
        feed --script fin@5,cut-line@6 --gzip $gzip --at-end hold --crlf
        STREAM_TAIL_TIME_SCALE=0.001 timeout 60 stream-tail -q -c $count "$url" >out
        echo "count $count, gzip $gzip: exit $?, $(wc -l <out) lines"
        stop_feed
        head -n $count records | cmp - out
    done
done
feed --at-end hold --replay 300
timeout 60 stream-tail -t 0.3 "$url" | cmp - records && echo duration: in a silence
timeout 60 stream-tail -t 0.3 "$url" >out
echo "exit $?"
stop_feed
feed --pace 100 --replay 300
timeout 60 stream-tail -t 0.3 "$url" >out
echo "duration: in the midst of records, exit $?"
stop_feed
checked --until-last | cut -c 1-3
timeout 60 stream-tail -q -t 0.3 "$url" >out # nobody listens there any more
echo "duration: between attempts, exit $?, $(wc -l <out) lines"
shown stream-tail -q --retry-max-time=0.3 "$url" | sed -E 's/after [0-9.]+ s/after N s/'
shown stream-tail -q --retry=0 "$url"
