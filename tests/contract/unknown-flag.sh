#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# A mistyped option: exit code 2, the nearest option that exists, where to read on, nothing on standard output.
. "$SUPPORT/tools.sh"

# refused LINE1 LINE2 COMMAND…
refused() {
    run "${@:3}"
    want_code 2 "${*:3}"
    want_text out '' "${*:3}: standard output"
    want_text err "$1"$'\n'"$2"$'\n' "${*:3}"
}

check_unknown() {
    local try="Try '$1 --help'." letters letter name wrong
    refused "$1: unknown option '--zzzzqqqqzzzz'" "$1: $try" "$@" --zzzzqqqqzzzz
    refused "$1: unknown option '--verbsoe'" "$1: Did you mean '--verbose'? $try" "$@" --verbsoe
    # A value after = may be a secret typed to the wrong name: it is not repeated.
    refused "$1: unknown option '--verbsoe'" "$1: Did you mean '--verbose'? $try" "$@" --verbsoe=hunter2

    letters=$("$1" --generate=options | cut -f 2 | tr -d '\n')
    for letter in Z Y W J y j; do
        case $letters in
            *"$letter"*) ;;
            *)
                refused "$1: unknown option '-$letter'" "$1: $try" "$@" "-$letter"
                break
                ;;
        esac
    done

    # Each option of the command with its second letter left out names an option that exists.
    "$1" --generate=options | awk -F '\t' -v command="${2:-}" '$1 == command || $1 == "" { print $3 }' >known
    while read -r name; do
        wrong=${name:0:1}${name:2}
        [ ${#name} -gt 4 ] && ! grep -qx -e "$wrong" known || continue
        run "$@" "--$wrong" </dev/null
        want_code 2 "$* --$wrong"
        sed -n "2s/.*Did you mean '--\([^']*\)'.*/\1/p" err >suggested
        grep -qx -f suggested known || echo "$* --$wrong: suggests '$(cat suggested)'"
        [ -s suggested ] || echo "$* --$wrong: suggests nothing"
    done <known
}
each_command check_unknown

# Any control bytes of an argument are shown harmless.
for tool in "${tools[@]}"; do
    refused "$tool: unknown option '--\\x1b[31m'" "$tool: Try '$tool --help'." "$tool" $'--\e[31m'
done
