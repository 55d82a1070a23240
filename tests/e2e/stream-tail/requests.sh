# curl's letters make curl's requests: the same method, target, headers and body, but for the name of the client.
. "$SUPPORT/feed_case.sh"
origin
printf 'line one\r\nline two\nend' >data
printf 'café & "tea"\n' >text
printf 'X-From: a file\nX-Two: 2\n' >headers

# same PATH OPTION…: curl and stream-tail with the same options; the difference, or what both sent.
same() {
    : >requests
    curl -s "${@:2}" "$url$1" >/dev/null
    stream-tail --no-reconnect --no-compressed "${@:2}" "$url$1" >/dev/null
    /usr/bin/python3 - "$*" <<'PYTHON'
import json, sys
def sent(line):
    entry = json.loads(line)
    entry["headers"] = [pair for pair in entry["headers"] if not pair[1].startswith(("curl/", "bradawl/"))]
    return entry
with open("requests") as log:
    theirs, ours = map(sent, log)
if theirs != ours:
    print(f"{sys.argv[1]}:\n  curl {theirs}\n  ours {ours}")
else:
    body = f" {ours['body']!r}" if ours["body"] else ""
    print(f"{sys.argv[1]}: {ours['method']} {ours['target']}{body}")
PYTHON
}
same /a
same '/a?b=c#d'
same ''
same /a -X PUT
same /a -X DELETE -H 'X-One: 1' -H 'X-Empty;' -H 'Accept:'
same /a -H 'X-One: 1' -H 'X-One: 2' -H 'Host: other.test' -H 'accept: application/json'
same /a -H @headers -H 'X-Three: 3'
same /a -A 'me/1.0 (test)'
same /a -d 'track=a b&c' -d d=e
same /a -d ''
same /a -d '' -d x=1
same /a -d @data
same /a -d @data -d x=@data
same /a -d '{"a":1}' -H 'Content-Type: application/json'
same /a -X PATCH -d x
same /a --data-urlencode 'track=café, #tea +~*()' --data-urlencode '=a=b' --data-urlencode 'plain text&'
same /a --data-urlencode @text --data-urlencode name@text --data-urlencode 'me@home=yes'
same /a -d a=1 --data-urlencode 'b=ä' -d c=3
same /a -G -d 'a=1' --data-urlencode 'b=c d'
same '/a?x=y' -G -d a=1
same '/a?' -G -d a=1
same '/a?x=y#z' -G -d a=1
same /a -G
same /a -G -X POST -d a=1
same /a/../b/./c
