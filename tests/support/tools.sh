# For rules that hold for every tool: sourced by tests/contract/*.sh, which print what breaks the rule and nothing else.
# shellcheck shell=bash
set -u
IFS=';' read -r -a tools <<<"${TOOLS:?the list of tools}"

# The subcommands of TOOL, one a line.
commands_of() {
    "$1" --generate=options | awk -F '\t' '$1 != "" && !seen[$1]++ { print $1 }'
}

# each_command FUNCTION: calls FUNCTION TOOL, then FUNCTION TOOL COMMAND for each of its subcommands.
each_command() {
    local tool command
    for tool in "${tools[@]}"; do
        "$1" "$tool"
        while read -r command; do
            "$1" "$tool" "$command"
        done < <(commands_of "$tool")
    done
}

# run COMMAND…: leaves its exit code in $code and what it printed in the files out and err. No rule needs long.
run() {
    timeout -k 5 30 "$@" >out 2>err
    code=$?
}

# want_code CODE WHAT…
want_code() {
    if [ "$code" -ne "$1" ]; then
        echo "${*:2}: exit code $code instead of $1"
        sed 's/^/    /' err
    fi
}

# want_text FILE TEXT WHAT…: FILE holds TEXT and nothing else.
want_text() {
    if ! printf '%s' "$2" | cmp -s - "$1"; then
        printf '%s: wanted:\n' "${*:3}"
        printf '%s' "$2" | sed 's/^/    /'
        echo '  got:'
        sed 's/^/    /' "$1"
    fi
}

# The rooms that TOOL links, with all rooms below them, one a line: what tools/CMakeLists.txt and lib/CMakeLists.txt say.
rooms_of() {
    tr -s '\n\t ' ' ' <"$SOURCE/lib/CMakeLists.txt" | grep -o 'bradawl_room([a-z0-9]* [^)]*)' >rooms
    local frontier
    frontier=$(tr '\n' ' ' <"$SOURCE/tools/CMakeLists.txt" | grep -o "bradawl_tool($1 [^)]*)" | sed 's/.* ROOMS //; s/)//')
    local -A seen=()
    while [ -n "${frontier// /}" ]; do
        local next='' room
        for room in $frontier; do
            [ -z "${seen[$room]:-}" ] || continue
            seen[$room]=1
            # What cli uses are option structs only: it links none of it.
            [ "$room" = cli ] || next+=" $(sed -n "/^bradawl_room($room /s/.* USES \([a-z0-9 ]*\).*/\1/p" rooms | sed 's/ NEEDS.*//')"
        done
        frontier=$next
    done
    printf '%s\n' "${!seen[@]}" | sort
}
