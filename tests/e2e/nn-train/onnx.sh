#!/bin/bash
# Models in ONNX pass its checker, and say what the tool says: the same classes, and numbers within a millionth.
data=$SOURCE/tests/data/pima.csv
# A column of words, and numbers and words that are missing.
awk -F, -v OFS=, 'NR == 1 {print $0, "town"; next} {if (NR % 9 == 0) $6 = ""; print $0, NR % 7 == 0 ? "" : substr("abcd", NR % 4 + 1, 1)}' \
    "$data" >rows.csv
sed '2,$s/,b$/,elsewhere/' rows.csv >others.csv
check() { # check ROWS OPTION...: trained on rows.csv, applied to ROWS
    local rows=$1
    shift
    nn-train train -q -i rows.csv -y class --epochs 20 "$@" -o m.json
    nn-train export m.json --to onnx -o m.onnx
    nn-train predict -q -m m.json -i "$rows" --out all --digits 9 --no-output-header >wanted
    "$SUPPORT/onnx_run.py" m.onnx <"$rows" | tail -n +2 | paste -d, wanted - | awk -F, '{
        n = NF / 2
        for (at = 1; at <= n; ++at) {
            away = $at - $(at + n)
            if (at == 1 && n > 1 ? $at != $(at + n) : away ^ 2 > 1e-12 * (1 + $at ^ 2)) ++bad
        }
    } END {print NR " rows, " bad + 0 " differ"}'
}
check "$data" --ignore town --layers 'type=sigmoid,dim=20;type=softmax' --missing mean
check rows.csv --categorical town --missing indicator --unknown other
check others.csv --categorical town --missing indicator --unknown other
check others.csv --categorical town --missing median --unknown zeros --precision double
check rows.csv --ignore town --missing indicator --layers 'type=tanh,dim=4;type=relu,dim=5,left_slope=.1;type=maxout,dim=4;type=sigmoid,dim=1'
check rows.csv --features town --categorical town --missing mean --layers 'type=softplus,dim=5;type=linear,dim=3;type=softmax'
check rows.csv --ignore town,class --missing mean -y age --task regression
