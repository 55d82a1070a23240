#!/bin/bash
# What a missing price does under each --missing, against returns made by hand.
cat >gaps.csv <<'CSV'
date,A,B
2024-01-02,100,50
2024-01-03,110,55
2024-01-04,,60.5
2024-01-05,99,54.45
2024-01-08,118.8,59.895
2024-01-09,106.92,53.9055
CSV
cat >hand.py <<'PY'
# The returns of A and B by hand: None where a price is missing at one end.
import sys
from statistics import mean, stdev
A = [.1, None, None, .2, -.1]
B = [.1, .1, -.1, .1, -.1]
way = sys.argv[1]
if way == "zero":
    A = [a or 0 for a in A]
if way == "ffill":
    A[1:3] = [0, 99 / 110 - 1]
rows = [(a, b) for a, b in zip(A, B) if a is not None]
if way != "pairwise":
    print("vol.period", repr(stdev((a + b) / 2 for a, b in rows)))
    print("audit.returns", len(rows))
else:
    a, b = zip(*rows)
    both = sum((x - mean(a)) * (y - mean(b)) for x, y in rows) / (len(rows) - 1)
    print("vol.period", repr((stdev(a) ** 2 / 4 + stdev(B) ** 2 / 4 + both / 2) ** .5))
    print("assets.*.vol", repr(stdev(a)), repr(stdev(B)))
print("audit.gaps", 1, 0)
PY
for missing in drop ffill zero pairwise; do
    portvol -w A=.5,B=.5 --missing=$missing -o json gaps.csv >report.json
    echo "$missing: $(python3 hand.py $missing | python3 "$CASE_DIR/values.py" report.json)"
    jq -c '.audit | [.rows, .returns, .dropped, .filled, .gaps, .missing]' report.json
done
echo "fail:"
portvol -w A=.5,B=.5 --missing=fail gaps.csv
echo "exit code $?"
sed 's/,,/,110,/' gaps.csv >whole.csv
portvol -w A=.5,B=.5 --missing=fail -o json whole.csv | jq -c '.audit | [.returns, .dropped, .filled, .gaps]'
echo "# the same with returns"
printf 'date,A,B\n2024-01-03,.1,.1\n2024-01-04,NA,.1\n2024-01-05,null,-.1\n2024-01-08,.2,.1\n2024-01-09,-.1,-.1\n' >returns.csv
for missing in drop zero pairwise; do
    portvol --kind=returns -w A=.5,B=.5 --missing=$missing -o json returns.csv >report.json
    echo "$missing: $(python3 hand.py $missing | sed 's/gaps 1/gaps 2/' | python3 "$CASE_DIR/values.py" report.json)"
done
for missing in ffill fail; do
    portvol --kind=returns -w A=.5,B=.5 --missing=$missing returns.csv
    echo "exit code $?"
done
echo "# spellings of a gap"
portvol -w A=.5,B=.5 -o json gaps.csv | jq -c .vol >wanted
for word in NA N/A '#N/A' NaN nan null NULL None ' ' '""'; do
    sed "s|,,|,$word,|" gaps.csv | portvol -w A=.5,B=.5 -o json | jq -c .vol | cmp - wanted || echo "not '$word'"
done
sed "s|,,|,x,|" gaps.csv | portvol -w A=.5,B=.5 -o json --na=x,y | jq -c .vol | cmp - wanted && echo same
sed "s|,,|,NA,|" gaps.csv | portvol -w A=.5,B=.5 -o json --na=x,y
echo "exit code $?"
echo "# an asset that is listed late"
sed '2,3s/,[0-9]*$/,/' gaps.csv | portvol -w A=.5,B=.5 --missing=ffill -o json | jq -c '.audit | [.returns, .dropped, .filled, .gaps]'
echo "# pairs that no covariance has"
portvol -w equal --missing=pairwise --kind=returns --show=vol,audit <<'CSV'
a,b,c
.1,.1,
-.1,-.1,
.2,.2,
,.1,.1
,-.1,-.1
,.2,.2
.1,,-.1
-.1,,.1
.2,,-.2
CSV
portvol -w equal --missing=pairwise --kind=returns --psd=fail <<'CSV'
a,b,c
.1,.1,
-.1,-.1,
.2,.2,
,.1,.1
,-.1,-.1
,.2,.2
.1,,-.1
-.1,,.1
.2,,-.2
CSV
echo "exit code $?"
