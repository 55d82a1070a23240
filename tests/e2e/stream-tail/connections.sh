# Ways to the server: proxies, sockets, names of one's own, and the longest time to connect.
. "$SUPPORT/feed_case.sh"
"$SUPPORT/certs.sh" certs
targets() {
    /usr/bin/python3 -c '
import json
for entry in map(json.loads, open("requests")):
    proxy = [value for name, value in entry["headers"] if name == "Proxy-Authorization"]
    print(entry["method"], entry["target"], *proxy)' | sed -E "s/:[0-9]{4,5}\b/:PORT/"
    : >requests
}
origin --tls certs/server.pem certs/server.key
tls=$port
origin
proxy=$url
echo '== plain through a proxy'
shown stream-tail --no-reconnect -x "$proxy" http://feed.test/stream?a=b
targets
shown stream-tail --no-reconnect --proxy "127.0.0.1:$port" http://feed.test:8080/
targets
http_proxy=$proxy shown stream-tail --no-reconnect http://feed.test/
targets
http_proxy=http://127.0.0.1:1 no_proxy=127.0.0.1 shown stream-tail --no-reconnect "$proxy/direct"
targets
shown stream-tail --no-reconnect -x http://127.0.0.1:1 --noproxy feed.test,127.0.0.1 "$proxy/direct"
targets
printf 'http://me:secret@127.0.0.1:%s\n' "$port" >proxy
chmod 600 proxy
shown stream-tail --no-reconnect -x @proxy http://feed.test/
targets
echo '== TLS through a tunnel'
shown stream-tail -v --no-reconnect -x "$proxy" --cacert certs/ca.pem "https://localhost:$tls/stream"
targets
https_proxy=$proxy shown stream-tail --no-reconnect --cacert certs/ca.pem "https://localhost:$tls/stream"
targets
echo '== --resolve'
shown stream-tail --no-reconnect --resolve "feed.test:$port:127.0.0.1" "http://feed.test:$port/"
targets
echo '== --unix-socket'
origin --unix socket
shown stream-tail --no-reconnect --unix-socket socket http://feed.test/a
targets
shown stream-tail --no-reconnect --unix-socket nowhere http://feed.test/a
echo '== --connect-timeout'
# A listener whose queue is full: the kernel leaves further connections without an answer.
start /usr/bin/python3 -c '
import select, socket
full = socket.create_server(("127.0.0.1", 0), backlog=0)
waiting = [socket.socket() for _ in range(4)]
for one in waiting:
    one.setblocking(False)
    one.connect_ex(full.getsockname())
print(full.getsockname()[1], flush=True)
select.select([], [], [], 60)'
shown stream-tail --no-reconnect --connect-timeout=0.1 "http://127.0.0.1:$port/"
