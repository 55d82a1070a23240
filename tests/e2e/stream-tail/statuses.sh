# What each status means: fatal, worth a retry, or worth three.
. "$SUPPORT/feed_case.sh"
export STREAM_TAIL_TIME_SCALE=0.001
records --count 3 --seed 1 >records

# ended SCRIPT OPTION…: the messages and the exit code, and how many requests the server saw.
ended() {
    feed --script "$1" --at-end hold --max-seconds 60
    echo "$1"
    shown stream-tail -c 3 "${@:2}" "$url"
    stop_feed
    echo "requests: $(grep -c '"event": "connection"' log)"
}
for status in 400 404 406 410; do ended "$status@0"; done
for status in 408 420 429 500 502 503 504 401 403; do ended "$status@0"; done
ended 401@0,401@0,401@0
ended 403@0,403@0,403@0
ended 401@0,403@0 --retry-auth=2
ended 401@0,401@0,503@0,401@0
ended 503@0,429@0,503@0,503@0,404@0
ended 503@0,503@0,503@0 --retry=2
ended 503@0 --no-reconnect
ended 401@0 --no-reconnect
# An answer that is no stream.
ended type@0
ended type@0 --on-invalid=pass
