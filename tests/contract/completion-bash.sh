#!/bin/bash
# shellcheck disable=SC1090,SC2034,SC2154 # the files are those of the tools, code and tools are shared with tools.sh
# Bash completes commands, options and values: its functions called as bash calls them.
. "$SUPPORT/tools.sh"
. "$SUPPORT/completions.sh"
for tool in "${tools[@]}"; do
    . "$SOURCE/completions/$tool.bash"
done

# raw WORD…: for the words as bash splits them.
raw() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=(left over)
    local call
    call=$(complete -p "$1" | sed 's/.* -F \([^ ]*\) .*/\1/')
    "$call"
    printf '%s\n' "${COMPREPLY[@]}" | sed '/^$/d'
}
# Bash breaks words at @ too.
offers() {
    local last=${*: -1}
    if [ "${last:0:1}" = @ ]; then
        raw "${@:1:$#-1}" @ "${last:1}"
    else
        raw "$@"
    fi
}
check_tools

# --log-format=j arrives as three words, --log-format= as two.
same() {
    local got
    got=$(raw "${@:2}" | tr '\n' ' ')
    [ "$got" = "$1" ] || echo "'${*:2}' offers '$got' instead of '$1'"
}
for tool in "${tools[@]}"; do
    same 'json ' "$tool" --log-format = j
    same 'text json ' "$tool" --log-format =
    same 'good-file ' "$tool" --config = go
    same '' "$tool" --log-format = x
done
