# A server that answers 200 and closes is asked three times in the first second: at 0, 250 and 750 ms.
. "$SUPPORT/feed_case.sh"
opened() { # SECONDS MOST: whether so many connections came in the first of them, and more later
    /usr/bin/python3 -c '
import json, sys
times = sorted(entry["opened"] for entry in map(json.loads, open("log")) if entry["event"] == "connection")
early = sum(time - times[0] < float(sys.argv[1]) for time in times)
print(early <= int(sys.argv[2]) or early, len(times) > 2)' "$@"
}
records --count 1 --seed 1 >records
ten() { printf "$1,%.0s" 1 2 3 4 5 6 7 8 9; printf "$1"; }
for fault in empty fin; do # a body of nothing and its end; a head and no end
    feed --script "$(ten $fault@0)" --at-end hold
    timeout 60 stream-tail -q -t 1.6 "$url" >out
    echo "$fault: exit $?, $(wc -l <out) records"
    stop_feed
    opened 1 3
done
# A record makes a session healthy: then only the floor of 250 ms holds. One may be accepted late, so not a whole second.
feed --replay 1
timeout 60 stream-tail -q -t 1.6 "$url" >out
echo "a record and the end: exit $?"
stop_feed
opened 0.8 4
