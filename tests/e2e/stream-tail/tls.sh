# TLS: whom it trusts, and that a certificate that does not verify is the end before any record, and no retry.
. "$SUPPORT/feed_case.sh"
"$SUPPORT/certs.sh" certs
records --count 3 --seed 1 >records
scheme=https
feed --tls certs/server.pem certs/server.key --at-end hold --replay 3
shown stream-tail -c 3 --cacert certs/ca.pem "$url"
shown stream-tail -c 3 --cacert certs/ca.pem "${url/127.0.0.1/localhost}"
shown stream-tail -c 3 -k "$url"
shown stream-tail -c 3 "$url"
shown stream-tail -c 3 --cacert certs/other-ca.pem "$url"
shown stream-tail -c 3 --cacert no-such-file.pem "$url"
stop_feed
for name in expired elsewhere; do
    feed --tls certs/$name.pem certs/$name.key --at-end hold
    echo "== $name"
    shown stream-tail -c 3 --cacert certs/ca.pem "$url"
    shown stream-tail -c 3 --cacert certs/ca.pem -k "$url"
    stop_feed
done
feed --tls certs/elsewhere.pem certs/elsewhere.key --at-end hold
shown stream-tail -c 3 --cacert certs/ca.pem --resolve "elsewhere.test:$port:127.0.0.1" "https://elsewhere.test:$port/"
stop_feed
echo '== client certificates (-E)'
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=somebody -keyout client.key \
    -out client.crt 2>/dev/null
cat client.crt client.key >client.pem
origin --tls certs/server.pem certs/server.key --client-ca client.crt
shown stream-tail --no-reconnect --cacert certs/ca.pem -E client.pem "$url"
grep -o '"client": "[^"]*"' requests
stream-tail -q --no-reconnect --cacert certs/ca.pem "$url" 2>/dev/null # the words differ with what comes first
echo "without: $?"
shown stream-tail --no-reconnect --cacert certs/ca.pem -E no-such-file.pem "$url" | sed 's/, OpenSSL error.*//'
shown stream-tail --no-reconnect --cacert certs/ca.pem -E certs/ca.pem "$url" # no key in it
