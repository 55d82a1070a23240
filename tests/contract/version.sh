#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# --version: NAME (bradawl) X.Y.Z; with -v also each library linked in.
. "$SUPPORT/tools.sh"
version=$(sed -n 's/^project(bradawl VERSION \([0-9.]*\).*/\1/p' "$SOURCE/CMakeLists.txt")

for tool in "${tools[@]}"; do
    for option in --version -V; do
        run "$tool" "$option"
        want_code 0 "$tool $option"
        want_text out "$tool (bradawl) $version"$'\n' "$tool $option"
        want_text err '' "$tool $option: standard error"
    done
    for verbose in '--version -v' '-v -V' '-vV'; do
        # shellcheck disable=SC2086 # two words
        run "$tool" $verbose
        want_code 0 "$tool $verbose"
        want_text err '' "$tool $verbose: standard error"
        [ "$(head -n 1 out)" = "$tool (bradawl) $version" ] || echo "$tool $verbose: first line: $(head -n 1 out)"
        sed 1d out | grep -vE '^[A-Za-z][A-Za-z0-9+._-]* [0-9][^ ]*$' | sed "s/^/$tool $verbose: no name and version: /"
    done
    rooms=$(rooms_of "$tool")
    ! grep -qx http <<<"$rooms" || grep -q '^libcurl [0-9]' out || echo "$tool --version -v: no libcurl"
    ! grep -qx mongo <<<"$rooms" || grep -q '^libmongoc [0-9]' out || echo "$tool --version -v: no libmongoc"
    # Asked for the version, a tool says it, whatever else is wrong with the line.
    run "$tool" --version --no-such-option
    want_code 0 "$tool --version --no-such-option"
done
