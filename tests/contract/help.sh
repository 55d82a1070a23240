#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# --help: 80 columns, every option under its command, an example and the manual's name at the end, nothing on stderr.
. "$SUPPORT/tools.sh"

check_help() {
    local what="$* --help"
    run "$@" -h
    mv out short
    run "$@" --help
    want_code 0 "$what"
    want_text err '' "$what: standard error"
    cmp -s out short || echo "$what: -h says something else"
    awk -v what="$what" 'length > 80 { print what ": wider than 80 columns: " $0 }
        /[ \t]$/ { print what ": a space at the end of: " $0 }
        /\t/ { print what ": a tab in: " $0 }' out
    head -n 1 out | grep -q "^Usage: $*\( \|\$\)" || echo "$what: first line: $(head -n 1 out)"
    tail -n 1 out | grep -qx "The manual: man $1" || echo "$what: the last line does not name the manual"
    tail -n 3 out | head -n 1 | grep -qx 'Example:' || echo "$what: no example above the last line"
    tail -n 2 out | head -n 1 | grep -q "^  .*$1 " || echo "$what: the example does not call $1"

    # The options of this command, and no option twice.
    "$1" --generate=options | awk -F '\t' -v command="${2:-}" '$1 == command && $3 != "" { print "--" $3 }' | sort >wanted
    grep -oE '^  (-.,|   ) --[A-Za-z0-9-]+' out | grep -oE -- '--[A-Za-z0-9-]+' | sort >shown
    diff wanted shown | sed -n "s/^</$what: does not show/p; s/^>/$what: shows too much or twice:/p"
}
each_command check_help
