# A line of 20 MB: more than the default limit, less than a higher one; what comes after it is not harmed.
. "$SUPPORT/feed_case.sh"
records --count 6 --seed 1 >records
for options in '' '--max-message=20M' '--max-message=19999999' '--max-message=20000000' '--on-invalid=pass' \
    '--on-invalid=fail'; do
    for gzip in none per-line; do
        feed --script huge=20000000@3 --at-end hold --gzip $gzip
        code=0
        timeout 60 stream-tail -c "$(case $options in *=20*) echo 7 ;; *) echo 6 ;; esac)" $options "$url" >out 2>err || code=$?
        stop_feed
        echo "== $options, gzip $gzip: exit $code, $(wc -c <out) bytes"
        cat err
        checked --until-last --extra-ok
    done
done
