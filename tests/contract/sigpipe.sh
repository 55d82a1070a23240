#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# Output into a pipe whose reader has gone: death by SIGPIPE, without a word, even where the parent ignores SIGPIPE.
. "$SUPPORT/tools.sh"
mkfifo pipe

# A writer's end without any reader: opened while a second descriptor held the other end.
exec 3<>pipe 4>pipe 3<&-

check_pipe() {
    local option
    for option in --help --version --generate=zsh; do
        [ $# -eq 1 ] || [ "$option" = --help ] || continue
        "$@" "$option" >&4 2>err
        code=$?
        want_code 141 "$* $option into a broken pipe"
        want_text err '' "$* $option into a broken pipe"
        (
            trap '' PIPE
            exec "$@" "$option" >&4 2>err
        )
        code=$?
        want_code 141 "$* $option into a broken pipe with SIGPIPE ignored"
        want_text err '' "$* $option into a broken pipe with SIGPIPE ignored"
    done
}
each_command check_pipe
