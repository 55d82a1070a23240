#!/bin/bash
# Numbers of shares become weights by the last prices; --hold=drift lets weights go as the prices do.
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
echo "# the last prices are 5473.72, 7676.3, 3995, 5455"
portvol --holdings DAX=10,SMI=5,FTSE=-2 -o json prices.csv >report.json
python3 - <<'PY' | python3 "$CASE_DIR/values.py" report.json
worth = [10 * 5473.72, 5 * 7676.3, -2 * 5455]
print("assets.*.weight", *(repr(one / sum(worth)) for one in worth))
PY
jq -c '.audit | [.weights, .returns]' report.json
python3 -c 'print("DAX,54737.2\nSMI,38381.5\nFTSE,-10910")' >w.csv
portvol -w @w.csv --normalize -o json prices.csv >same.json
jq .vol.period report.json >wanted
python3 "$CASE_DIR/values.py" same.json <<<"vol.period $(cat wanted)"
echo "# a file of shares"
printf 'DAX 10\nSMI 5\nFTSE -2\n' >shares
portvol --holdings @shares -o json prices.csv | jq .vol.period | cmp - wanted && echo same
run() {
    echo "# $*"
    portvol "$@"
    echo "exit code $?"
}
run --holdings DAX=10 --kind=returns prices.csv
run --holdings DAX=10,CASH=5 prices.csv
run --holdings DAX=0 prices.csv
run --holdings DAC=1 prices.csv
run --holdings DAX=10 --follow prices.csv
sed '$s/,5455/,/' prices.csv >ends.csv
run --holdings FTSE=10 ends.csv
echo "# drift, and the weights that it ends with"
portvol -w equal --hold=drift --show=vol,contrib prices.csv
portvol -w DAX=.5,FTSE=.5 --hold=drift -o json prices.csv >report.json
python3 - <<'PY' | python3 "$CASE_DIR/values.py" report.json
import csv
from statistics import stdev
rows = [(float(row["DAX"]), float(row["FTSE"])) for row in csv.DictReader(open("prices.csv"))]
value = [.5 * a / rows[0][0] + .5 * b / rows[0][1] for a, b in rows]
print("vol.period", repr(stdev(after / before - 1 for before, after in zip(value, value[1:]))))
print("assets.*.end_weight", repr(.5 * rows[-1][0] / rows[0][0] / value[-1]), repr(.5 * rows[-1][1] / rows[0][1] / value[-1]))
PY
jq -c '[(.assets | map(.ccr) | add) / .vol.period - 1 | fabs < 1e-13]' report.json
run --hold=drift --returns=log prices.csv
run --hold=drift --missing=pairwise prices.csv
