#!/bin/bash
# --alert: exit 1 and a word on standard error when it holds, at the end or, with --follow, at the first such row.
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
run() {
    echo "# $*"
    portvol -w equal --show=dd "$@" prices.csv >out
    echo "exit code $?, $(wc -l <out) lines"
}
for expression in 'vol>0.1318' 'vol>0.1319' 'ewma>0.2175' 'ewma > 0.2176' 'dd<-0.1' 'dd<=-0.2' 'n==1859' 'n!=1859' 'n>=1860' \
    'pcr:CAC>0.29' 'pcr:FTSE>0.29' 'var_breach==1' 'ret<0'; do
    run --alert="$expression"
done
run --alert='vol>9' --alert='dd<-0.1'
run --follow --alert='dd<-0.1'
tail -n 1 out | jq -c '[.t, .dd < -0.1]'
head -n -1 out | jq -s 'map(select(.dd < -0.1)) | length'
run --follow --alert='n==10'
run --follow --alert='vol>9'
run --follow --alert='pcr:SMI>0.6'
echo "# the same rows a year as in the report, be they few"
printf 'date,A\n' >prices.csv
for month in 01 02 03 04 05 06; do echo "2024-$month-01,10$((10#$month % 3))"; done >>prices.csv
portvol -w equal -o json prices.csv >report.json
annual=$(jq .vol.annual report.json)
jq -c '[.audit.period, (.vol.annual * 1e6 | round / 1e6)]' report.json
run --alert="vol>$annual"
run --alert="vol>=$annual"
