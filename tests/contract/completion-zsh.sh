#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# Zsh completes commands, options and values, in a real interactive shell.
. "$SUPPORT/tools.sh"
. "$SUPPORT/completions.sh"
if ! command -v zsh >/dev/null; then
    echo 'zsh is not installed: sh tests/setup.sh' >&2
    exit 77
fi

offers() {
    timeout 60 zsh -f "$SUPPORT/complete.zsh" "$SOURCE/completions" "$*"
}
check_tools
