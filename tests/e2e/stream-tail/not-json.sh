# Lines that are no JSON: left out, the end, or passed on; in any case the records around them are whole.
. "$SUPPORT/feed_case.sh"
records --count 6 --seed 1 >records
script=garbage@2,garbage@4
for how in reject fail pass; do
    feed --script "$script" --at-end hold --seed 7
    [ "$how" = pass ] && script_extra=--extra-ok || script_extra=
    code=0
    timeout 60 stream-tail -c $([ "$how" = pass ] && echo 8 || echo 6) --on-invalid=$how --rejects=rejects.$how "$url" >out 2>err ||
        code=$?
    stop_feed
    echo "== --on-invalid=$how: exit $code"
    cat err
    checked --until-last $script_extra
    cat -v "rejects.$how"
done
echo '== --rejects appends, and a file that cannot be written is an error before the first request'
feed --script garbage@2 --at-end hold --seed 7
shown stream-tail -q -c 6 --rejects=rejects.reject "$url"
stop_feed
wc -l <rejects.reject
shown stream-tail --rejects=/nowhere/rejects "$url"
shown stream-tail --on-invalid=drop "$url"
echo '== --no-validate'
feed --script garbage@2 --at-end hold --seed 7
timeout 60 stream-tail -c 7 --no-validate "$url" >out
stop_feed
checked --extra-ok
