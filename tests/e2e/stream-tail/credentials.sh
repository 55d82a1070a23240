# Each way to say who asks: what is sent, where secrets may come from, and that they come out nowhere.
. "$SUPPORT/feed_case.sh"
origin
authorization() {
    grep -o '"Authorization", "[^"]*"' requests || echo none
    : >requests
}
private() { # FILE TEXT
    printf '%s\n' "$2" >"$1"
    chmod 600 "$1"
}
private user 'me:pass word'
private password 'pass word'
private token t0ken
private header 'Authorization: Custom s3cret'
private netrc "machine 127.0.0.1 login me password s3cret
machine other.test login other password 0ther"
curl -s -u 'me:pass word' "$url" >/dev/null
authorization
tail_it() { stream-tail -q --no-reconnect "$@" "$url" >/dev/null; }
echo '== -u'
tail_it -u @user && authorization
tail_it -u me --password @password && authorization
tail_it -u @- <user && authorization
STREAM_TAIL_USER=me STREAM_TAIL_PASSWORD='pass word' stream-tail -q --no-reconnect "$url" >/dev/null && authorization
echo '== --oauth2-bearer'
tail_it --oauth2-bearer @token && authorization
STREAM_TAIL_BEARER=t0ken stream-tail -q --no-reconnect "$url" >/dev/null && authorization
echo '== -H @FILE'
tail_it -H @header && authorization
echo '== netrc'
cp netrc "$HOME/.netrc"
tail_it && authorization
tail_it -n && authorization
tail_it --netrc-file netrc && authorization
tail_it -n -u @user && authorization
rm "$HOME/.netrc"
tail_it -n && authorization
echo '== refused: what ps would show, what others may read, what is not there'
refused() { shown stream-tail --no-reconnect "$@" "$url"; }
refused -u me:secret
refused --password secret
refused --oauth2-bearer secret
refused -H 'authorization: Basic secret'
refused -H 'Cookie: secret'
refused -x http://me:secret@127.0.0.1:1
chmod 640 user token header netrc
refused -u @user
refused --oauth2-bearer @token
refused -H @header
refused --netrc-file netrc
chmod 600 user token header netrc
refused -u @nowhere
refused --netrc-file nowhere
authorization
echo '== no message, no event, no list of processes shows a secret'
records --count 5 --seed 1 >records
feed --script fin@1,503@2,401@3 --replay 5 --at-end hold --basic 'me:pass word'
export STREAM_TAIL_TIME_SCALE=0.001
for format in text json; do
    stream-tail -vv --log-format=$format -u @user --on-event 'env >>events' "$url" >out.$format 2>err.$format &
    tail=$!
    until_true grep -q '' out.$format
    tr '\0' ' ' <"/proc/$tail/cmdline" >>err.$format
    kill $tail
    wait $tail || echo "exit $?"
done
cat err.* events | grep -e 'pass word' -e bWU6 -e s3cret || echo no secret in "$(ls err.* events | wc -l)" files
