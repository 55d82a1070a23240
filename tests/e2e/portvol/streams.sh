#!/bin/bash
# Rows as they come: lines at once, alerts, a run in two parts, a look in between, reports every so many rows.
prices=$SOURCE/tests/data/good-eustock.csv
head -n 900 "$prices" >first.csv
(head -n 1 "$prices" && tail -n +901 "$prices") >second.csv
portvol -q -w equal --state kept -o json first.csv >/dev/null
portvol -q -w equal --state kept -o json second.csv >parts.json
portvol -q -w equal -o json "$prices" >whole.json
diff <(jq -S 'del(.audit.input)' whole.json) <(jq -S 'del(.audit.input)' parts.json) && echo 'two runs: the same bits'
portvol -q -w DAX=1 --state kept "$prices"
echo "$?"

mkfifo rows
portvol -w equal --follow <rows >lines &
reader=$!
exec 3>rows
head -n 61 "$prices" >&3
until [ "$(wc -l <lines)" = 59 ]; do sleep 0.02; done
jq -c '[.t, .n]' lines | tail -n 1
kill -USR1 "$reader"
until grep -q 'portfolio volatility' lines; do sleep 0.02; done
echo 'SIGUSR1: a report'
exec 3>&-
wait "$reader"
echo "$?"
portvol -w equal --follow --alert 'dd<-0.1' "$prices" | tail -n 1 | jq -c '[.t, .dd < -0.1]'
echo "${PIPESTATUS[0]}"
portvol -q -w equal --every 600 --show vol "$prices" | grep -c 'portfolio volatility'
portvol -w equal --alert 'vol>0.1' --show vol "$prices" | head -n 1
portvol -q -w equal --show contrib --plot shares.svg "$prices" >/dev/null
python3 -c 'import xml.etree.ElementTree as tree; print(len(tree.parse("shares.svg").getroot()) > 10)'
