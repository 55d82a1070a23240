#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# Fish completes commands, options and values: asked through its own `complete -C`.
. "$SUPPORT/tools.sh"
. "$SUPPORT/completions.sh"
if ! command -v fish >/dev/null; then
    echo 'fish is not installed: sh tests/setup.sh' >&2
    exit 77
fi

offers() {
    # shellcheck disable=SC2016 # fish expands it
    fish --no-config -c 'source $argv[1]; complete -C "$argv[2]"' "$SOURCE/completions/$1.fish" "$*" | cut -f 1
}
check_tools
