#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# A standard stream that is closed when the tool begins must be no other file's descriptor later: what cannot be
# written is told, a read fails at once, and messages go nowhere else.
. "$SUPPORT/tools.sh"

check_closed() {
    # Without standard output.
    timeout 30 "$@" --help 2>err >&-
    code=$?
    want_code 74 "$* --help >&-"
    want_text err "$1: cannot write standard output: bad file descriptor"$'\n' "$* --help >&-"

    # Without standard input: --help is no worse for it, and a command that would read it does not wait for ever.
    "$@" --help >wanted
    timeout 30 "$@" --help >out 2>err <&-
    code=$?
    want_code 0 "$* --help <&-"
    cmp -s wanted out || echo "$* --help <&-: another text"
    timeout 30 "$@" >out 2>err <&-
    code=$?
    case $code in
        2 | 74 | 77 | 78) ;;
        *) echo "$* <&-: exit code $code" ;;
    esac
    [ ! -s out ] || echo "$* <&-: prints to standard output"

    # Without standard error, or without any of the three: the code alone says how it went.
    timeout 30 "$@" --help >out 2>&-
    code=$?
    : >err
    want_code 0 "$* --help 2>&-"
    cmp -s wanted out || echo "$* --help 2>&-: another text"
    timeout 30 "$@" --no-such-option <&- >&- 2>&-
    code=$?
    want_code 2 "$* --no-such-option, all closed"
}
each_command check_closed
