#!/bin/bash
# labels: slow no-sanitizer
# A twentieth of the long run: five thousand grants over sixteen processes, a fault every 50 ms, a folder.
"$SUPPORT/lock_torture.py" --store file --grants 5000 --names 8 --seed 4711 --log "$PWD/log" >summary 2>summary.err || {
    code=$?
    cat summary summary.err
    exit "$code"
}
grep -E '^(grants missing|overlaps|tokens|lines torn|done without|strange|processes that)' summary
