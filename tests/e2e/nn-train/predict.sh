#!/bin/bash
# A model finds its columns by name in every form of rows, says what is not there, and treats bad rows as it is told.
data=$SOURCE/tests/data/pima.csv
nn-train train -q -i "$data" -y class --compat pylearn2 -o m.json
head -n 4 "$data" >rows.csv
for out in label prob all append; do nn-train predict -m m.json -i rows.csv --out $out; done
nn-train predict -m m.json --out-format ndjson --top 2 <rows.csv
jq -c -R 'split(",")' rows.csv | jq -c -s '.[0] as $names | .[1:][] | [$names, .] | transpose | map({(.[0]): (.[1] | tonumber)}) | add' >rows.ndjson
nn-train predict -m m.json <rows.ndjson
tr , '\t' <rows.csv | nn-train predict -m m.json
tail -n +2 rows.csv | cut -d, -f1-8 | nn-train predict -m m.json --columns-from-model --no-output-header
sed 's/mass/bmi/' rows.csv | nn-train predict -m m.json 2>&1
echo "exit code $?"
sed 's/mass/bmi/' rows.csv | nn-train predict -m m.json --map bmi=mass --digits 3
sed '3s/^1,/x,/' rows.csv >bad.csv
for how in fail skip null; do
    nn-train predict -m m.json -i bad.csv --on-error $how 2>&1
    echo "exit code $?"
done
nn-train eval -m m.json -i "$data" --report table
nn-train eval -m m.json -i "$data" --require 'accuracy>=.9' >/dev/null 2>&1
echo "exit code $?"
head -c 900 m.json >torn.json
nn-train predict -m torn.json -i rows.csv 2>&1
echo "exit code $?"
