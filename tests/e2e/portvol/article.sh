#!/bin/bash
# An article's procedure on five rows of prices: it gives an index without a unit, where the volatility is 5 % a day.
cat >prices.csv <<'CSV'
a,b,c
4,2,.6
4.2,2.1,.59
3.9,2,.58
4.3,2.1,.62
4.1,2.2,.63
CSV
weights=a=.3,b=.5,c=.2
portvol --compat article -w $weights prices.csv
portvol --compat article -w $weights -o json prices.csv >article.json
python3 "$CASE_DIR/values.py" article.json <<'WANTED'
correlation_index.period 0.8696991400174724
correlation_index.ddof 0
correlation_index.naive_article 0.014920746076021889 # in Python, by its description
WANTED
jq -c '[.correlation_index.annual, .vol, .audit.period]' article.json
portvol -w $weights -o json prices.csv >right.json
python3 "$CASE_DIR/values.py" right.json <<'WANTED'
vol.period 0.04990041364560494
WANTED
echo "# the index stays the same when an asset moves ten times as much, the volatility does not"
cat >returns.csv <<'CSV'
a,b
0.01,-0.02
-0.03,0.01
0.02,0.02
0.01,-0.01
CSV
awk -F, 'NR == 1 { print; next } { print 10 * $1 "," $2 }' returns.csv >larger.csv
for file in returns.csv larger.csv; do
    portvol --kind=returns --matrix=correlation -w a=.5,b=.5 -o json $file 2>warning | jq '.correlation_index.period * 1e12 | round / 1e12'
    portvol --kind=returns -w a=.5,b=.5 -o json $file | jq '.vol.period * 1e12 | round / 1e12'
done
cat warning
echo "# an index cannot be of a year"
portvol --compat article --period=252 -w $weights prices.csv
echo "exit code $?"
