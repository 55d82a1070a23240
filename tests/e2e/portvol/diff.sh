#!/bin/bash
# portvol diff: which contribution moved the volatility between two reports.
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
portvol -w equal -o json --to=1500 prices.csv >before.json
portvol -w equal -o json prices.csv >after.json
portvol diff before.json after.json
portvol diff --unit=dec --digits=6 before.json after.json
portvol diff -o json before.json after.json >diff.json
echo "# the parts add up to the change, and each to that of its asset"
jq -c '[(.after - .before - .change | fabs < 1e-15), ((.assets | map(.change) | add) - .change | fabs < 1e-15),
    (.assets | map(.change - .by_weight - .by_risk | fabs < 1e-15) | all), .annual]' diff.json
jq -r '.vol.annual' before.json after.json | tr '\n' ' ' | python3 -c 'import json
before, after = map(float, input().split())
diff = json.load(open("diff.json"))
print(abs(diff["before"] - before) < 1e-15, abs(diff["after"] - after) < 1e-15)'
echo "# of the same report nothing moved"
portvol diff -o json after.json after.json | jq -c '[.change, (.assets | map(.change, .by_weight, .by_risk) | unique)]'
echo "# other weights, an asset more and one less"
portvol -w DAX=.5,SMI=.5 -o json prices.csv >one.json
portvol -w DAX=.3,FTSE=.7 -o json prices.csv >other.json
portvol diff one.json other.json
portvol -w DAX=.5,SMI=.5 --period=none -o json prices.csv >period.json
portvol diff one.json period.json
echo "# no reports"
for text in '' '[]' '{}' '{"vol":{"period":1}}' '{"vol":1' 'no'; do
    echo "$text" >no.json
    portvol diff one.json no.json
    echo "exit code $?"
done
portvol diff one.json none.json
echo "exit code $?"
portvol diff - one.json <other.json | head -n 1
