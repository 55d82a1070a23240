#!/bin/bash
# shellcheck disable=SC2034,SC2154 # code and tools are shared with tools.sh
# Every tool is position independent, binds at once, has its relocations read-only and no executable stack.
. "$SUPPORT/tools.sh"

for tool in "${tools[@]}"; do
    file=$BUILD/tools/$tool
    readelf -hW "$file" >header
    readelf -lW "$file" >segments
    readelf -dW "$file" >dynamic
    grep -q 'Type: *DYN' header || echo "$tool: not position independent"
    grep -q 'FLAGS_1.*\bPIE\b' dynamic || echo "$tool: no PIE mark"
    grep -q 'FLAGS_1.*\bNOW\b' dynamic || echo "$tool: does not bind at once"
    grep -q GNU_RELRO segments || echo "$tool: no RELRO"
    grep -q 'GNU_STACK .* RW ' segments || echo "$tool: $(grep GNU_STACK segments || echo 'no word on the stack')"
    ! grep -qE ' (RWE|WE) ' segments || echo "$tool: a segment both writable and executable"
    ! grep -q TEXTREL dynamic || echo "$tool: relocations in its text"
    ! grep -qE 'RPATH|RUNPATH' dynamic || echo "$tool: looks for libraries in a path of its own"
done
