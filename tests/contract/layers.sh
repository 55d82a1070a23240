#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# Option > environment > configuration > default. A bad value tells which layer was looked at, so no case comes to work:
# a second bad value, of an option that is looked at later, ends it.
. "$SUPPORT/tools.sh"

bad="is not one of text, json"

# told CODE LINE COMMAND…: the first line of standard error.
told() {
    run "${@:3}" </dev/null
    want_code "$1" "${*:3}"
    want_text out '' "${*:3}: standard output"
    head -n 1 err >first
    want_text first "$2"$'\n' "${*:3}"
}

check_layers() {
    local -a call=("$@")
    local prefix operand
    # A tool with commands looks at its layers once it has one.
    [ $# -eq 2 ] || [ -z "$(commands_of "$1")" ] || return 0
    prefix=$("$1" --generate=options | awk -F '\t' '$3 == "log-format" { sub(/_LOG_FORMAT$/, "", $5); print $5 }')
    [ "$prefix" = "$(tr 'a-z-' 'A-Z_' <<<"$1")" ] || echo "$1: environment prefix '$prefix'"
    # Operands that it cannot do without come before everything else, so it is given some.
    for operand in $("$@" --help | sed -n '1s/.*\[OPTION\]\.\.\.//p'); do
        call+=("${operand//[^A-Za-z]/}")
    done
    local format=${prefix}_LOG_FORMAT progress=${prefix}_PROGRESS
    local in_env="in the environment: --log-format: 'x' $bad"
    local later="$1: $progress in the environment: --progress: 'y' is not one of auto, always, never"

    # The environment is looked at, and not when the option is given; an empty variable is none.
    told 2 "$1: $format $in_env" env "$format=x" "${call[@]}"
    told 2 "$later" env "$format=x" "$progress=y" "${call[@]}" --log-format=text
    told 2 "$later" env "$format=" "$progress=y" "${call[@]}"

    # The configuration file is looked at, named by its line, and not where the environment or the option has a value.
    printf '# a comment\n\nlog-format = "x"\nprogress = "z"\n' >both.toml
    told 78 "$1: both.toml:3: --log-format: 'x' $bad" "${call[@]}" --config both.toml
    told 78 "$1: both.toml:4: --progress: 'z' is not one of auto, always, never" \
        env "$format=text" "${call[@]}" --config both.toml
    told 78 "$1: both.toml:4: --progress: 'z' is not one of auto, always, never" \
        "${call[@]}" --log-format text --config=both.toml

    # Found by itself; XDG_CONFIG_HOME before HOME; no file is no fault, unless it was asked for.
    mkdir -p xdg/bradawl "$HOME/.config/bradawl"
    printf 'log-format = "x"\n' >"xdg/bradawl/$1.toml"
    printf '\nlog-format = "x"\n' >"$HOME/.config/bradawl/$1.toml"
    told 78 "$1: $PWD/xdg/bradawl/$1.toml:1: --log-format: 'x' $bad" env "XDG_CONFIG_HOME=$PWD/xdg" "${call[@]}"
    told 78 "$1: $HOME/.config/bradawl/$1.toml:2: --log-format: 'x' $bad" "${call[@]}"
    told 78 "$1: both.toml:3: --log-format: 'x' $bad" "${call[@]}" --config both.toml
    rm -r xdg "$HOME/.config"
    told 78 "$1: cannot read none.toml: no such file or directory" "${call[@]}" --config none.toml

    # An unknown key, with its line and what it may have meant; an unknown section.
    printf 'progress = "never"\nlog-fromat = "json"\n' >unknown.toml
    told 78 "$1: unknown.toml:2: unknown key 'log-fromat'" "${call[@]}" --config unknown.toml
    sed -n 2p err >second
    want_text second "$1: did you mean 'log-format'?"$'\n' "$1 with log-fromat"
    printf 'generate = "bash"\n' >unknown.toml
    told 78 "$1: unknown.toml:1: unknown key 'generate'" "${call[@]}" --config unknown.toml
    printf 'progress = "never"\n[nonsense]\nx = 1\n' >unknown.toml
    told 78 "$1: unknown.toml:2: unknown section [nonsense]" "${call[@]}" --config unknown.toml
    if [ $# -eq 2 ]; then
        printf '[%s]\nno-such-key = 1\n' "$2" >unknown.toml
        told 78 "$1: unknown.toml:2: unknown key 'no-such-key'" "${call[@]}" --config unknown.toml
    fi

    # None of it stands in the way of --help and --version.
    run env "$format=x" "$@" --help --config unknown.toml
    want_code 0 "$* --help with a bad environment"
    run env "$format=x" "$1" --version --config unknown.toml
    want_code 0 "$1 --version with a bad environment"
}
each_command check_layers
