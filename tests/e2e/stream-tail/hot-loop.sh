# A server that answers 200 and closes is not asked more than four times in the first second.
. "$SUPPORT/feed_case.sh"
opened() { # SECONDS: how many connections came in the first of them
    /usr/bin/python3 -c '
import json, sys
times = sorted(entry["opened"] for entry in map(json.loads, open("log")) if entry["event"] == "connection")
print(sum(time - times[0] < float(sys.argv[1]) for time in times), len(times), file=open("counts", "w"))
print(sum(time - times[0] < float(sys.argv[1]) for time in times) <= 4, len(times) > 2)' "$1"
}
records --count 1 --seed 1 >records
ten() { printf "$1,%.0s" 1 2 3 4 5 6 7 8 9; printf "$1"; }
for fault in empty fin; do # a body of nothing and its end; a head and no end
    feed --script "$(ten $fault@0)" --at-end hold
    timeout 60 stream-tail -q -t 1.6 "$url" >out
    echo "$fault: exit $?, $(wc -l <out) records"
    stop_feed
    opened 1
done
# A record makes a session healthy: then only the floor of 250 ms holds. One may be accepted late, so not a whole second.
feed --replay 1
timeout 60 stream-tail -q -t 1.6 "$url" >out
echo "a record and the end: exit $?"
stop_feed
opened 0.8
