#!/bin/bash
# labels: engine slow no-sanitizer
# What a holder started is dead in time when its store is out of reach, also when mlock is stopped.
for store in engine file; do
    "$SUPPORT/lock_partitions.py" --rounds 50 --seed 7 --store $store >summary 2>summary.err || {
        code=$?
        cat summary summary.err
        exit "$code"
    }
    grep -v '^time left' summary
done
