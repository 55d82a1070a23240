# How a connection may end: with reconnecting off, which end is success and which is a fault; no end prints half a line.
. "$SUPPORT/feed_case.sh"
records --count 6 --seed 1 >records
for gzip in none per-line; do
    for fault in end zeros http10 fin cut-line cut-utf8 cut-chunk cut-gzip rst crc no-trailer; do
        [ $fault != http10 ] && at=3 || at=0
        feed --script "$fault@$at" --gzip $gzip
        code=0
        timeout 60 stream-tail --no-reconnect "$url" >out 2>err || code=$?
        stop_feed
        echo "== $fault, gzip $gzip: exit $code, $(wc -l <out) lines"
        head -n 1 err
        checked --until-last | cut -d, -f 1-3
    done
done
# ended HEADER BODY: the answer's whole body, by printf's escapes.
ended() {
    printf "HTTP/1.1 200 OK\r\n$1\r\n$2" >answer
    echo "== $1 $2"
    shown stream-tail --no-reconnect "$url"
}
origin --answer answer
echo '== a last line without its line end, in a body that ends in good order'
ended 'Content-Length: 15\r\n' '{"n":1}\n{"n":2}'
ended 'Content-Length: 16\r\n' '{"n":1}\r\n{"n":2}'
ended 'Content-Length: 17\r\n' '{"n":1}\r\n{"n":2}\r'
ended 'Content-Length: 5\r\n' '[1,2]'
ended 'Content-Length: 6\r\n' '{"n":2'
ended 'Content-Length: 2\r\n' '12'
ended 'Transfer-Encoding: chunked\r\n' '7\r\n{"n":1}\r\n0\r\n\r\n'
ended 'Transfer-Encoding: chunked\r\n' '7\r\n{"n":1}\r\n0\r\nX-Trailer: 1\r\n\r\n'
echo '== and in one that does not'
ended 'Content-Length: 8\r\n' '{"n":1}'
ended 'Transfer-Encoding: chunked\r\n' '7\r\n{"n":1}\r\n'
ended 'Transfer-Encoding: chunked\r\n' '7\r\n{"n":1}\r\nx\r\n'
echo '== no stream at all'
ended 'Content-Length: 0\r\n' ''
ended 'Content-Encoding: br\r\nContent-Length: 2\r\n' '12'
ended 'Content-Encoding: gzip\r\nContent-Length: 0\r\n' ''
ended 'Content-Encoding: gzip\r\nContent-Length: 8\r\n' '{"n":1}\n'
printf 'HTTP/1.1 204 No Content\r\n\r\n' >answer
shown stream-tail "$url"
printf 'SSH-2.0-OpenSSH_9\r\n' >answer
shown stream-tail --no-reconnect "$url"
: >answer
shown stream-tail --no-reconnect "$url"
