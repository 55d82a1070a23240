#!/bin/bash
# One model, byte by byte, whatever computes it; and the same when it goes on from a checkpoint, or is trained again.
data=$SOURCE/tests/data/pima.csv
for kernels in $(awk '/^flags/{f=$0} END{print "portable"; if (f ~ / avx2 / && f ~ / fma /) print "avx2"; if (f ~ / avx512dq /) print "avx512"}' /proc/cpuinfo); do
    for threads in 1 2 4; do
        for precision in float double; do
            nn-train train -q -i "$data" -y class --kernels "$kernels" --threads $threads --precision $precision \
                --hidden 24-9 --dropout .1 --epochs 20 >model.json || echo "$kernels failed"
            echo "$precision $(sha256sum <model.json)"
        done
    done
done | sort -u | wc -l
nn-train train -q -i "$data" -y class --epochs 12 --patience 0 --resume -o a.json
nn-train train -q -i "$data" -y class --epochs 30 --patience 0 --resume -o a.json
nn-train train -q -i "$data" -y class --epochs 30 --patience 0 -o b.json
cmp a.json b.json && echo resumed
nn-train verify b.json -i "$data" | jq -c 'del(.weights_sha256, .again_sha256)'
sed 's/"b":\[-*0\.[0-9]/&7/' b.json >c.json
nn-train verify c.json | jq -c .whole
sed 2d "$data" | nn-train verify b.json -i - | jq -c '[.data_same, .weights_same]'
