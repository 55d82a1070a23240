#!/bin/bash
# The examples of the man pages do what they promise. An example to run has comments before it in the page:
#
#   .\" test: feed [OPTION]...     the URL becomes that of a feed server with these options
#   .\" exit: N                    wanted exit code, if not 0
#   .\" check: COMMAND             must succeed afterwards
#
# It runs as it stands, by bash, in a folder with the files that the pages speak of; then the folder also has `records`
# (what the feed sent), `out` and `err` (the example's own) and `log` (the server's).
set -u

# examples PAGE: writes N.sh, N.test, N.check and N.exit for each marked example, and prints their number.
examples() {
    awk -v folder="$PWD" '
        function put(ending, text) { print text > (folder "/" number ending); close(folder "/" number ending) }
        /^\.\\" test: / { ++number; sub(/^[^:]*: /, ""); put(".test", $0); put(".exit", 0); marked = 1; next }
        marked && /^\.\\" (exit|check): / { kind = $2; sub(/^[^:]*: /, ""); put("." substr(kind, 1, length(kind) - 1), $0); next }
        marked && /^\.Bd -literal/ { text = ""; inside = 1; next }
        inside && /^\.Ed/ { put(".sh", text); inside = marked = 0; next }
        inside { gsub(/\\e/, "\\"); text = text $0 "\n" }
        END { print number + 0 }' "$1"
}

# Files that examples read.
furnish() {
    cp "$SCRATCH/records" .
    (
        umask 077
        echo USER:PASSWORD >secret
        echo TOKEN >token
        echo '{"consumer_key":"a","consumer_secret":"b","token":"c","token_secret":"d"}' >keys.json
    )
}

# with_feed SCRIPT OPTION...: SCRIPT with a feed server's address in place of the example's.
with_feed() {
    local script=$1
    shift
    python3 "$SUPPORT/feed_server.py" --records records --log log --after-end 204 --max-seconds 120 "$@" >port &
    local server=$!
    until [ -s port ]; do sleep 0.02; done
    sed "s|https://stream.example.com|http://127.0.0.1:$(cat port)|" "$script" >script
    STREAM_TAIL_TIME_SCALE=0.001 timeout 60 bash script >out 2>err </dev/null
    local code=$?
    kill "$server"
    wait "$server"
    return "$code"
}

run_example() { # PAGE NUMBER
    local what="$1, example $2" base=$SCRATCH/$1/$2 code=0
    mkdir "$base" && cd "$base" || return
    export HOME=$base
    furnish
    local -a test
    read -ra test <"$base.test"
    case ${test[0]} in
        feed) with_feed "$base.sh" "${test[@]:1}" || code=$? ;;
        *) echo "$what: unknown kind of test '${test[0]}'" ;;
    esac
    if [ "$code" != "$(cat "$base.exit")" ]; then
        echo "$what: wanted exit code $(cat "$base.exit"), got $code"
        cat err
    elif [ ! -e "$base.check" ]; then
        echo "$what: has no check"
    elif ! bash -eo pipefail "$base.check" >check 2>&1; then
        echo "$what: failed: $(cat "$base.check")"
        cat check err
    fi
}

records --count 200 >records
for page in "$BUILD"/man/*.1; do
    name=$(basename "$page")
    mkdir "$SCRATCH/$name" && cd "$SCRATCH/$name" || exit
    count=$(examples "$page")
    [ "$count" -gt 0 ] || echo "$name: no example is marked"
    for ((number = 1; number <= count; ++number)); do
        (run_example "$name" "$number")
    done
done
