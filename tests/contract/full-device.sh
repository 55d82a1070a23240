#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# Output that cannot be written is told, never lost in silence.
. "$SUPPORT/tools.sh"

check_full() {
    local option
    for option in --help --version --generate=options --generate=bash; do
        [ $# -eq 1 ] || [ "$option" = --help ] || continue
        "$@" "$option" >/dev/full 2>err
        code=$?
        want_code 74 "$* $option >/dev/full"
        want_text err "$1: cannot write standard output: no space left on device"$'\n' "$* $option >/dev/full"
    done
}
each_command check_full
