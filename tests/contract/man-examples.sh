#!/bin/bash
# The examples of the man pages do what they promise. An example to run has comments before it in the page:
#
#   .\" test: files | java | [mongo [filled]] [feed [OPTION]...]
#   .\" exit: N                    wanted exit code, if not 0
#   .\" check: COMMAND             must succeed afterwards
#
# files: it needs nothing but the files that all have.
# java: the files of support/java_files.sh, such as any JDK has or makes, are there too.
# mongo: with a MongoDB server of its own as $BRADAWL_MONGODB_URI, and with `filled` the records in feed.tweets already.
# feed: https://stream.example.com becomes a feed server with these options, which ends with status 204.
#
# An example runs as it stands, by bash, in a folder with the files that the pages speak of; afterwards the folder also
# has `records` (what the feed sent), `out` and `err` (the example's own) and `log` (the feed server's).
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
    cp records records.ndjson
    cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
    cp "$SOURCE/tests/data/pima.csv" "$SOURCE/tests/data/digits.csv" .
    head -n 3 records |
        sed 's/.*/{"line":1,"offset":0,"op":"insert","ns":"feed.tweets","code":121,"codeName":"DocumentValidationFailure","errmsg":"no","labels":[],"attempts":1,"ambiguous":false,"doc":&}/' >refused.ndjson
    printf '\0\0\0\1\0\5login\0\0\0\2\0\3web\0\2eu\0\0\0\2\0\6logout\0\0\0\0' >events.bin
    # Object streams: new TreeMap<>(Map.of("port", 8080, "hosts", List.of("a", "b"))); a Trip, see jdata-dump(1).
    base64 -d >settings.ser <<'END'
rO0ABXNyABFqYXZhLnV0aWwuVHJlZU1hcAzB9j4tJWrmAwABTAAKY29tcGFyYXRvcnQAFkxqYXZhL3V0aWwvQ29tcGFyYXRvcjt4cHB3BAAAAAJ0AAVo
b3N0c3NyABFqYXZhLnV0aWwuQ29sbFNlcleOq7Y6G6gRAwABSQADdGFneHAAAAABdwQAAAACdAABYXQAAWJ4dAAEcG9ydHNyABFqYXZhLmxhbmcuSW50
ZWdlchLioKT3gYc4AgABSQAFdmFsdWV4cgAQamF2YS5sYW5nLk51bWJlcoaslR0LlOCLAgAAeHAAAB+QeA==
END
    echo rO0ABXNyAARUcmlwfkfKKkj3F/QMAAB4cHcJAANVbG0AAAGheA== | base64 -d >trip.ser
    (
        umask 077
        echo USER:PASSWORD >secret
        echo TOKEN >token
        echo '{"consumer_key":"a","consumer_secret":"b","token":"c","token_secret":"d"}' >keys.json
    )
}

# start FILE COMMAND...: runs a server until stop_servers, and waits for the first line that it prints to FILE.
servers=()
start() {
    "${@:2}" >"$1" &
    servers+=($!)
    until [ -s "$1" ]; do sleep 0.02; done
}
stop_servers() {
    [ "${#servers[@]}" -eq 0 ] || kill "${servers[@]}"
    wait
}

prepare() { # TEST WORDS...
    local script=$1 port
    if [ "${2-}" = files ]; then
        shift
    elif [ "${2-}" = java ]; then
        sh "$SUPPORT/java_files.sh" "$BUILD/tests/java-files" || echo 'the files of a JDK cannot be made'
        ln -s "$BUILD"/tests/java-files/* .
        shift
    elif [ "${2-}" = mongo ]; then
        start address /usr/bin/python3 "$SUPPORT/wire_mock.py"
        BRADAWL_MONGODB_URI=$(head -n 1 address)
        export BRADAWL_MONGODB_URI
        (umask 077 && echo "$BRADAWL_MONGODB_URI" >uri)
        shift
    fi
    if [ "${2-}" = filled ]; then
        mongo-retry insert --into feed.tweets records
        shift
    fi
    cp "$script" script
    if [ "${2-}" = feed ]; then
        start port /usr/bin/python3 "$SUPPORT/feed_server.py" --records records --log log --after-end 204 --max-seconds 120 "${@:3}"
        port=$(cat port)
        sed -i "s|https://stream.example.com|http://127.0.0.1:$port|" script
    elif [ "${2-}" ]; then
        echo "unknown word '$2' after test:"
    fi
}

run_example() { # PAGE NUMBER
    local what="$1, example $2" base=$SCRATCH/$1/$2 code=0
    mkdir "$base" && cd "$base" || return
    export HOME=$base
    furnish
    local -a words
    read -ra words <"$base.test"
    prepare "$base.sh" "${words[@]}"
    STREAM_TAIL_TIME_SCALE=0.001 timeout 60 bash script >out 2>err </dev/null || code=$?
    if [ "$code" != "$(cat "$base.exit")" ]; then
        echo "$what: wanted exit code $(cat "$base.exit"), got $code"
        cat err
    elif [ ! -e "$base.check" ]; then
        echo "$what: has no check"
    elif ! bash -eo pipefail "$base.check" >check 2>&1; then
        echo "$what: failed: $(cat "$base.check")"
        cat check err
    fi
    stop_servers
}

records --count 200 >records
for page in "$BUILD"/man/*.[15]; do
    name=$(basename "$page")
    mkdir "$SCRATCH/$name" && cd "$SCRATCH/$name" || exit
    count=$(examples "$page")
    [ "$count" -gt 0 ] || echo "$name: no example is marked"
    for ((number = 1; number <= count; ++number)); do
        (run_example "$name" "$number")
    done
done
