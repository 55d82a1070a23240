# What any shell must offer for any tool: sourced, after tools.sh, by the completion tests. They define
# offers TOOL WORD…, which prints what is offered for the last of the words, one a line, without descriptions.
# shellcheck shell=bash disable=SC2154 # tools come from tools.sh

# offered WANTED WORD…: WANTED, one a line, is what is offered, in whatever order.
offered() {
    local wanted got
    wanted=$(sort <<<"$1")
    got=$(offers "${@:2}" | sort)
    if [ "$wanted" != "$got" ]; then
        printf "'%s' offers:\n%s\n" "${*:2}" "$(diff <(echo "$wanted") <(echo "$got"))"
    fi
}

# The long options that begin with PREFIX, of TOOL and of COMMAND.
long_options() {
    "$1" --generate=options | awk -F '\t' -v command="${3:-}" -v prefix="$2" \
        '($1 == "" || $1 == command) && index("--" $3, prefix) == 1 && !seen[$3]++ { print "--" $3 }'
}

# The options of TOOL, and of COMMAND when there is one: names, and the values that each can have.
check_command() {
    local name value line letter
    offered "$(long_options "$1" --l "${2:-}")" "$@" --l
    offered "$(long_options "$1" --ver "${2:-}")" "$@" --ver
    while IFS=$'\t' read -r letter name value; do
        [ -n "$name" ] || continue
        case $value in
            *@FILE*)
                offered @good-file "$@" "--$name" @go
                offered @good-file "$@" "--$name" go
                [ "$letter" = . ] || offered @good-file "$@" "-$letter" @go
                ;;
            *FILE*)
                offered good-file "$@" "--$name" go
                [ "$letter" = . ] || offered good-file "$@" "-$letter" go
                ;;
            *[A-Z]* | .) ;;
            *) # a choice
                offered "${value//|/$'\n'}" "$@" "--$name" ''
                line=${value%%|*}
                offered "$(grep "^${line:0:2}" <<<"${value//|/$'\n'}")" "$@" "--$name" "${line:0:2}"
                ;;
        esac
    done < <("$1" --generate=options | awk -F '\t' -v OFS='\t' -v command="${2:-}" \
        '$1 == command { print $2 == "" ? "." : $2, $3, $4 == "" ? "." : $4 }')
}

check_tools() {
    local tool
    touch good-file bad-file
    each_command check_command
    for tool in "${tools[@]}"; do
        if [ -n "$(commands_of "$tool")" ]; then
            offered "$(commands_of "$tool")" "$tool" ''
        else
            offered good-file "$tool" go # operands may be files
        fi
    done
}
