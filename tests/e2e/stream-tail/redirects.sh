# Redirects are followed; credentials stay with the host they are for.
. "$SUPPORT/feed_case.sh"
records --count 4 --seed 1 >records
printf 'me:secret\n' >user
printf 'Authorization: Basic bWU6c2VjcmV0\n' >header
printf 'machine 127.0.0.1 login me password secret\n' >netrc
chmod 600 user header netrc
for status in 301 302 303 307 308; do
    feed --script "$status@0,fin@2,$status=other@2" --at-end hold --basic me:secret
    STREAM_TAIL_TIME_SCALE=0.001 timeout 60 stream-tail -q -c 4 -u @user "$url" >out
    echo "$status: exit $?"
    stop_feed
    checked
    /usr/bin/python3 - <<'PYTHON'
import json
entries = [entry for entry in map(json.loads, open("log")) if entry["event"] == "connection"]
for entry in sorted(entries, key=lambda entry: entry["conn"]):
    print(f"    {entry['status']} to {entry['request'].split()[1]} with {entry['authorization']}")
PYTHON
done
for credential in '-H @header' '--netrc-file netrc'; do
    feed --script '302@0,fin@2,302=other@2' --at-end hold --basic me:secret
    STREAM_TAIL_TIME_SCALE=0.001 timeout 60 stream-tail -q -c 4 $credential "$url" >out
    echo "$credential: exit $?"
    stop_feed
    checked
    grep -o '"leaked": [a-z]*' log
done
echo '== redirects that lead nowhere'
origin --redirect /ring
shown stream-tail "$url/"
wc -l <requests
stop_feed
origin --answer answer
for field in '' 'Location:\r\n' 'Location: ftp://127.0.0.1/\r\n' 'Location: http://[::1\r\n'; do
    printf "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n$field\r\n" >answer
    shown stream-tail "$url/"
done
