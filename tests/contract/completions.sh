#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# completions/ holds what the live option tree prints, for every tool and nothing else, in words each shell can read.
. "$SUPPORT/tools.sh"

for tool in "${tools[@]}"; do
    for pair in "bash:$tool.bash" "zsh:_$tool" "fish:$tool.fish"; do
        shell=${pair%%:*} file=completions/${pair#*:}
        echo "$file" >>wanted
        run "$tool" "--generate=$shell"
        want_code 0 "$tool --generate=$shell"
        want_text err '' "$tool --generate=$shell: standard error"
        cmp -s out "$SOURCE/$file" || echo "$file: not what $tool --generate=$shell prints"
        if ! command -v "$shell" >/dev/null; then
            echo "$shell is not installed: sh tests/setup.sh" >&2
            exit 77
        fi
        "$shell" -n out >complaints 2>&1 || echo "$shell cannot read what $tool --generate=$shell prints"
        want_text complaints '' "$shell -n on $tool"
    done
    run "$tool" --generate=csh
    want_code 2 "$tool --generate=csh"
    want_text err "$tool: --generate: 'csh' is not one of options, bash, zsh, fish"$'\n' "$tool --generate=csh"
done
(cd "$SOURCE" && ls -d completions/* 2>/dev/null) | sort >present
sort wanted | diff - present | sed -n 's/^</not there:/p; s/^>/of no tool:/p'
