#!/bin/bash
# Streams made to break parsers end soon, in little memory, and by no signal; bad ones tell where they are bad.
. "$CASE_DIR/java.bash"
java_classes
java Hostile hostile
# Sanitizers need more than there is to give.
[ -n "$SANITIZE" ] || ulimit -v 300000
limit=1000000
while IFS=$'\t' read -r name expected; do
    for style in natural flat full check; do
        # Without its magic, nothing tells check that it is one.
        [[ $style != check || $name != @(nothing|version-4) ]] || continue
        how=(objects "--style=$style")
        [ "$style" != check ] || how=(check)
        # What no parser need refuse may be more than a person wants.
        timeout -k 1 60 jdata-dump "${how[@]}" --max-output=$limit "hostile/$name.ser" >out 2>err
        code=$?
        printf '%s %s: %s %s\n' "$name" "$style" "$code" "$(head -c 200 err)" | sed 's/jdata-dump: hostile.//'
        [ "$expected" != bad ] || [ "$code" -eq 65 ] || echo "^ must be refused"
        [ "$code" -lt 124 ] || echo "^ ended by a signal or a time-out"
        [ "$expected" != bad ] || grep -qE 'byte [0-9]+ \(0x' err || echo "^ without an offset"
        [ "$(wc -c <out)" -le $limit ] || echo "^ printed too much"
        [ ! -s out ] || [ "$(tail -c 1 out | od -An -tx1)" = ' 0a' ] || echo "^ ends within a line"
    done
done <hostile/expect.tsv
