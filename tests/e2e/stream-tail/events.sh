# What a program hears of the stream: events to a command of its own, and the log as JSON.
. "$SUPPORT/feed_case.sh"
records --count 6 --seed 1 >records
feed --script garbage@1,fin@2,503@4 --at-end hold
STREAM_TAIL_TIME_SCALE=0.01 stream-tail -v --stall=0 --log-format=json --on-event 'echo "$STREAM_TAIL_EVENT" >>events' "$url" >out 2>err &
tail=$!
all_told() { [ -e events ] && [ "$(wc -l <events)" -ge 8 ]; }
until_true all_told
kill $tail
wait $tail
echo "exit $?"
cat events
/usr/bin/python3 - <<'PYTHON'
import json
from datetime import datetime
for entry in map(json.loads, open("err")):
    datetime.fromisoformat(entry["time"].replace("Z", "+00:00"))
    print(entry["level"], entry["event"], "|", sorted(entry.keys() - {"time", "level", "event"}))
PYTHON
stop_feed
echo '== an error as JSON, and --quiet'
feed --script 404@0,503@0 --at-end hold
shown stream-tail --log-format=json "$url" | sed -E 's/"time":"[^"]*"/"time":"T"/'
shown stream-tail -q --retry=0 "$url"
