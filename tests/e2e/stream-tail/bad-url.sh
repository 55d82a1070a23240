# URLs that no request can be made of, and names and ports where nobody answers.
. "$SUPPORT/feed_case.sh"
shown stream-tail
for url in http:// 'http://exa mple/' http://127.0.0.1:99999/ 'http://[::1' ftp://127.0.0.1/ file:///etc/passwd \
    http://me:secret@127.0.0.1/; do
    shown stream-tail "$url"
done
export STREAM_TAIL_TIME_SCALE=0.001
shown stream-tail --retry=2 http://no-such-host.invalid/
shown stream-tail --no-reconnect http://no-such-host.invalid/
# A port that was free a moment ago.
port=$(/usr/bin/python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
shown stream-tail --retry=2 "http://127.0.0.1:$port/"
shown stream-tail --no-reconnect "http://127.0.0.1:$port/"
