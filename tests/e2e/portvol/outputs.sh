#!/bin/bash
# -o csv and ndjson have a line an asset; they and -o json hold the same figures.
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
portvol -w DAX=.4,SMI=.3,CAC=.2,FTSE=.1 -o csv prices.csv >report.csv
portvol -w DAX=.4,SMI=.3,CAC=.2,FTSE=.1 -o ndjson prices.csv >report.ndjson
# The last digits depend on the order of summation.
perl -pe 's/-?\d\.\d+(e-?\d+)?/sprintf "%.12g", $&/ge' report.csv report.ndjson
portvol -w DAX=.4,SMI=.3,CAC=.2,FTSE=.1 -o json prices.csv >report.json
python3 - <<'PY'
import csv, json
assets = json.load(open("report.json"))["assets"]
lines = [json.loads(line) for line in open("report.ndjson")]
rows = list(csv.DictReader(open("report.csv")))
print(lines == assets, [{key: float(row[key]) for key in list(row)[1:]} for row in rows[:-1]] ==
      [{key: one[key] for key in list(rows[0])[1:]} for one in assets])
PY
echo "# names that need quotes"
printf 'a "b",plain,"c,d"\n1,2,3\n2,3,5\n1,5,4\n' | sed '1s/a "b"/"a ""b"""/' >odd.csv
portvol -w equal --jump=9 -o csv odd.csv | cut -d, -f1,2
portvol -w equal --jump=9 -o ndjson odd.csv | jq -c .name
portvol -w equal --jump=9 --show=contrib odd.csv | tail -n +3 | cut -c -20
echo "# what is unknown: null, or nothing in between"
printf 'a,b\n1,2\n1,2\n1,2\n' >flat.csv
portvol -w equal -o csv flat.csv
portvol -w equal -o ndjson flat.csv
portvol -w equal -o json flat.csv | jq -c '[.vol.period, .vol.annual, .diversification, .tail, .drawdown.max]'
portvol -w equal flat.csv
echo "# keys, in their order"
portvol -w equal -o json --show=vol,contrib,corr,tail,comp,dd,bench,roll,audit --benchmark=FTSE --stress=vol=2 --solve=erc prices.csv |
    jq -c 'to_entries[] | [.key, (.value | if type == "object" then keys_unsorted elif type == "array" and (.[0] | type) == "object" then .[0] | keys_unsorted else type end)]'
echo "# a full device"
portvol -w equal prices.csv >/dev/full
echo "exit code $?"
