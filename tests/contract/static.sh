#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# Release tools: no shared library at all, 8 MiB at most, and no library of a room that the tool does not use.
. "$SUPPORT/tools.sh"
[ "$LINK" = static ] && [ -z "$SANITIZE" ] || exit 0

for tool in "${tools[@]}"; do
    file=$BUILD/tools/$tool
    ldd "$file" 2>&1 | grep -q 'statically linked' || echo "$tool: loads $(ldd "$file" | wc -l) shared libraries"
    ! readelf -lW "$file" | grep -q INTERP || echo "$tool: needs a dynamic loader"
    strip -o stripped "$file"
    size=$(stat -c %s stripped)
    [ "$size" -le $((8 * 1024 * 1024)) ] || echo "$tool: $size bytes"

    rooms=$(rooms_of "$tool")
    # A text that each library carries for certain: the tools that use it show that it is looked for rightly.
    for pair in http:"Couldn't connect to server" mongo:'No suitable servers found'; do
        room=${pair%%:*} mark=${pair#*:} uses=no holds=no
        ! grep -qx "$room" <<<"$rooms" || uses=yes
        ! grep -aq "$mark" stripped || holds=yes
        [ "$uses" = "$holds" ] || echo "$tool: uses $room: $uses, holds '$mark': $holds"
    done
done
