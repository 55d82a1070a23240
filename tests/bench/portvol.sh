#!/bin/bash
# What a portfolio's volatility costs: portvol against pandas, where it is there, on the same files.
#
#   tests/bench/portvol.sh [BUILD] [ROUNDS]
#
# BUILD (build/release) is a Release tree; ROUNDS (5) how often each command is run, in turns. Makes tables of 10,000
# rows of 500 assets and 2,520 of 3,000, one in the long form and one with 1 % of its cells blank. Prints CPU seconds
# and ratios from alternating runs, memory, the rows a second of --follow and the resident memory of an endless input.
set -euo pipefail
here=$(cd "$(dirname -- "$0")" && pwd)
build=$(cd "${1:-$here/../../build/release}" && pwd)
rounds=${2:-5}
export PATH=$build/tools:$PATH
[ -x "$build/tools/portvol" ] || { echo "portvol.sh: there is no portvol in $build/tools" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

cat >make.py <<'PYTHON'
"""make.py ROWS ASSETS: prices of a random walk with one factor, seed 1, as CSV; the long form and blanks beside it."""
import datetime, random, sys
rows, assets, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
random.seed(1)
names = [f"A{n}" for n in range(assets)]
prices = [100.0] * assets
day = datetime.date(1980, 1, 1)
with open(f"{name}.csv", "w") as wide, open(f"{name}-long.csv", "w") as long, open(f"{name}-gaps.csv", "w") as gaps:
    for file in (wide, gaps):
        file.write("date," + ",".join(names) + "\n")
    long.write("date,ticker,value\n")
    for _ in range(rows):
        market = random.gauss(0, .01)
        prices = [p * (1 + market + random.gauss(0, .012)) for p in prices]
        prices = [p if 5 < p < 900 else 100.0 for p in prices]
        cells = [f"{p:.6f}" for p in prices]
        date = day.isoformat()
        day += datetime.timedelta(days=1)
        wide.write(date + "," + ",".join(cells) + "\n")
        gaps.write(date + "," + ",".join("" if random.random() < .01 else c for c in cells) + "\n")
        if assets <= 500:
            long.write("".join(f"{date},{n},{c}\n" for n, c in zip(names, cells)))
PYTHON
python3 make.py 10000 500 w500
python3 make.py 2520 3000 w3000

cat >peer.py <<'PYTHON'
"""The same by pandas: returns, covariance matrix, w'Sw."""
import sys
import numpy, pandas
table = pandas.read_csv(sys.argv[1], index_col=0)
returns = table.pct_change(fill_method=None)
matrix = returns.iloc[1:].cov().to_numpy()
w = numpy.full(len(matrix), 1 / len(matrix))
print(numpy.sqrt(w @ matrix @ w))
PYTHON
peer=()
if python3 -c 'import pandas' 2>/dev/null; then peer=(yes); else echo '--- no pandas for python3: no comparison with it'; fi

# compare NAME=COMMAND…: what each costs in turns.
compare() { "$here/compare.py" --rounds "$rounds" "$@"; }
portvol='portvol -q -w equal -o csv'
for file in w500 w3000; do
    echo "--- $file: $(stat -c %s $file.csv) bytes"
    compare "contributions=$portvol <$file.csv" ${peer:+"pandas=python3 peer.py $file.csv"}
done
echo '--- 500 assets: estimators, the long form, blanks'
compare "clean=$portvol <w500.csv" "lw-cc=$portvol --cov lw-cc <w500.csv" "long=$portvol <w500-long.csv" \
    "pairwise=$portvol --missing pairwise <w500-gaps.csv" ${peer:+"pandas-gaps=python3 peer.py w500-gaps.csv"}
echo '--- start-up and a whole report'
compare "version=portvol --version" "report=portvol -q -w equal $here/../data/good-eustock.csv"

echo '--- --follow, 50 assets'
cut -d, -f1-51 w500.csv >w50.csv
began=$(date +%s%N)
for _ in 1 2 3 4 5; do tail -n +2 w50.csv; done | sed 's/^[^,]*/x/' |
    { head -n 1 w50.csv; cat; } | portvol -q -w equal --date date --follow | tail -n 1 >/dev/null
echo "$((5 * 10000 * 1000000000 / ($(date +%s%N) - began))) rows a second, with what makes them"

echo '--- resident memory of 200,000 rows of 500 assets, by the row'
(head -n 1 w500.csv; for _ in $(seq 20); do tail -n +2 w500.csv; done | sed 's/^[^,]*/x/') |
    portvol -q -w equal --date date -o csv >/dev/null &
reader=$!
while kill -0 $reader 2>/dev/null; do
    sed -n 's/^VmRSS:[[:space:]]*//p' /proc/$reader/status 2>/dev/null || true
    sleep 0.5
done | sort | uniq -c
