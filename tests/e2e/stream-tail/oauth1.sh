# OAuth 1.0a: every attempt signed anew, and the signature is the one that the rules give, computed here once more.
. "$SUPPORT/feed_case.sh"
cat >keys <<'JSON'
{"consumer_key": "k e&y", "consumer_secret": "s&cret/", "token": "t+oken", "token_secret": "tök"}
JSON
chmod 600 keys
records --count 6 --seed 1 >records
feed --oauth1 --script fin@1,503@1,cut-line@2,429@3,refuse=0.1@4 --at-end hold
STREAM_TAIL_TIME_SCALE=0.001 timeout 60 stream-tail -q -c 6 --oauth1 keys "$url" >out
echo "exit $?"
stop_feed
checked
/usr/bin/python3 - <<'PYTHON'
import json
found = [entry["oauth"] for entry in map(json.loads, open("log")) if entry["event"] == "connection"]
nonces = {entry["nonce"] for entry in found}
print(f"{len(found)} signed requests, {len(nonces)} nonces, fresh {all(e['fresh'] for e in found)}, "
      f"missing {sum((e['missing'] for e in found), [])}")
PYTHON

origin
stream-tail --no-reconnect --oauth1 keys "$url/a%20b?x=1&x=%7e&y" >/dev/null
stream-tail --no-reconnect --oauth1 keys -d 'track=a+b%2c' --data-urlencode 'q=ü ~' "$url/1.1/filter.json?delimited=length" >/dev/null
stream-tail --no-reconnect --oauth1 keys -d '{"no":"form"}' -H 'Content-Type: application/json' "$url" >/dev/null
stream-tail --no-reconnect --oauth1 keys -G -d 'a=1&b=%3D' "$url/q" >/dev/null
/usr/bin/python3 - "$url" <<'PYTHON'
import base64, hashlib, hmac, json, re, sys, time
from urllib.parse import parse_qsl, quote, unquote
enc = lambda text: quote(text, safe="-._~")
for entry in map(json.loads, open("requests")):
    headers = {name.lower(): value for name, value in entry["headers"]}
    fields = {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', headers["authorization"])}
    path, _, query = entry["target"].partition("?")
    form = entry["body"] if "form" in headers.get("content-type", "") else ""
    pairs = [pair for part in (query, form) for pair in parse_qsl(part, keep_blank_values=True)]
    pairs += [(name, value) for name, value in fields.items() if name != "oauth_signature"]
    joined = "&".join("=".join(pair) for pair in sorted((enc(name), enc(value)) for name, value in pairs))
    base = "&".join(map(enc, (entry["method"], sys.argv[1] + path, joined)))
    digest = hmac.new((enc("s&cret/") + "&" + enc("tök")).encode(), base.encode(), hashlib.sha1).digest()
    good = base64.b64encode(digest).decode() == fields["oauth_signature"] and abs(time.time() - int(fields["oauth_timestamp"])) < 60
    print(entry["method"], entry["target"], entry["body"], "signed rightly" if good else f"WRONG: {fields} {base}")
PYTHON
stop_feed
echo '== a signed request follows no redirect'
origin --redirect "/moved"
shown stream-tail --oauth1 keys "$url"
echo '== files of keys that are none'
shown stream-tail --oauth1 nowhere "$url"
echo '{"consumer_key": "a"' >keys
shown stream-tail --oauth1 keys "$url"
echo '{"consumer_key": "a"}' >keys
shown stream-tail --oauth1 keys "$url"
echo '{"consumer_kye": "a"}' >keys
shown stream-tail --oauth1 keys "$url"
echo '{"consumer_key": 1}' >keys
shown stream-tail --oauth1 keys "$url"
chmod 644 keys
shown stream-tail --oauth1 keys "$url"
