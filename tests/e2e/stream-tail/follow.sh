# The main path on a real server: nginx over TLS behind a password, gzipped on the fly; curl is the peer.
. "$SUPPORT/feed_case.sh"
"$SUPPORT/certs.sh" certs
{
    records --count 3000 --seed 4
    # What breaks readers: odd line ends, empty lines, separators that are none, ids and numbers that no double holds.
    printf '{"n":1}\r\n\r\n\n\r\n{"n":2}\n \r\n{"t":"a\xe2\x80\xa8b\xe2\x80\xa9c\xc2\x85d"}\n'
    printf '%s\n' '{"d":"\ud800"}' '[12345678901234567890123,1e400,-0.0E-00]' '"text"' '{"a":1,"a":1}' ' { "spaced" : 1 } '
    printf '{"deep":%0400d' 0 | tr 0 '['
    printf '%0400d}\n' 0 | tr 0 ']'
} >feed
"$SUPPORT/nginx.sh" start "$PWD/nginx" feed certs/server.pem certs/server.key me:secret $$ >/dev/null
trap '"$SUPPORT/nginx.sh" stop "$PWD/nginx"; end_servers' EXIT
. nginx/urls
echo me:secret >secret
chmod 600 secret

# What must come out: the lines that curl gets, without their CR, without those that are empty.
curl -s --cacert certs/ca.pem -u me:secret --compressed "$https/feed.json" | sed 's/\r$//' | grep -v '^$' >wanted
grep -vx ' ' wanted >valid # a blank is no keep-alive and no record
for url in "$https/feed.json" "$https/plain.json" "$http/feed.json" "$http/plain.json"; do
    for compressed in '' --no-compressed; do
        code=0
        stream-tail --no-reconnect --cacert certs/ca.pem -u @secret $compressed "$url" >out 2>err || code=$?
        cmp out valid && echo "${url%%:*} ${url##*/} $compressed: exit $code, the bytes that curl got"
    done
done
cat err
stream-tail -q --no-reconnect --no-validate --cacert certs/ca.pem -u @secret "$https/feed.json" | cmp - wanted && echo same bytes
echo me:wrong >secret
code=0
STREAM_TAIL_TIME_SCALE=0.001 timeout 60 stream-tail -q --cacert certs/ca.pem -u @secret "$https/feed.json" 2>err || code=$?
sed 's/<html>.*/<html>.../' err
echo "wrong password: exit $code, $(grep -c '" 401 ' nginx/access.log) refusals"
