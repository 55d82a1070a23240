#!/bin/bash
# --follow: a line of JSON for each row, out before the next row is waited for.
mkfifo rows
portvol -w A=.5,B=.5 --follow rows >lines.json &
follower=$!
exec 7>rows
wait_for_lines() {
    for _ in $(seq 400); do
        [ "$(wc -l <lines.json)" -lt "$1" ] || return 0
        sleep 0.05
    done
    echo "line $1 did not come"
}
printf 'date,A,B\n2024-01-02,100,50\n2024-01-03,110,55\n' >&7
wait_for_lines 1
printf '2024-01-04,99,49' >&7
printf '.5\n' >&7
wait_for_lines 2
printf '2024-01-05,108.9,44.55\n2024-01-08,119.79,49.005\n' >&7
wait_for_lines 4
[ "$(wc -l <lines.json)" -eq 4 ] || echo "more lines than rows"
exec 7>&-
wait "$follower"
echo "exit code $?"
cut -d, -f1-3 lines.json
echo "# returns .1, -.1, 0, .1 of the portfolio, made by hand"
python3 - <<'PY'
import json
from statistics import stdev
r = [.1, -.1, 0, .1]
ewma = r[0] ** 2
worst = value = high = 1
for n, line in enumerate(map(json.loads, open("lines.json"))):
    ewma = .94 * ewma + .06 * r[n] ** 2
    value *= 1 + r[n]
    high = max(high, value)
    wanted = {"n": n + 1, "ret": r[n], "vol": stdev(r[:n + 1]) * 252 ** .5 if n else None,
              "ewma": (ewma * 252) ** .5 if n else None, "dd": value / high - 1}
    for key, want in wanted.items():
        got = line[key]
        if got != want and (got is None or want is None or abs(got - want) > 1e-12):
            print(n, key, got, "wanted", want)
    if n and abs(sum(line["pcr"]) - 1) > 1e-13:
        print(n, "shares", line["pcr"])
PY
echo "# the last line is the report"
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
portvol -w equal --follow prices.csv >lines.json
wc -l <lines.json
tail -n 1 lines.json >last.json
python3 "$CASE_DIR/values.py" last.json <<'WANTED'
n 1859
vol 0.13188705335147
ewma 0.21753453328508
pcr 0.27853860517462 0.23289869477196 0.29350786469921 0.19505483535421
WANTED
portvol -w equal -o json prices.csv | jq .drawdown.current >current
jq .dd last.json | cmp - current && echo same
# Normal value at risk as known before: a breach is seen by the mean and volatility of the rows in front.
python3 - <<'PY'
import json
from statistics import NormalDist, mean, stdev
z = NormalDist().inv_cdf(.05)
seen, wrong = [], 0
for line in map(json.loads, open("lines.json")):
    wanted = len(seen) > 1 and line["ret"] < mean(seen) + z * stdev(seen)
    wrong += wanted != line["var_breach"]
    seen.append(line["ret"])
    if len(seen) == 300:
        break
print(wrong, "breaches told wrongly")
PY
echo "# a reader that goes away"
portvol -w equal --follow prices.csv | head -n 1 | jq .n
echo "exit codes ${PIPESTATUS[*]}"
echo "# gaps give no line"
printf 'date,A\n2024-01-02,10\n2024-01-03,\n2024-01-04,11\n2024-01-05,12\n' | portvol -w equal --follow | jq -c '[.t, .n]'
echo "# lines before a bad row are out"
printf 'date,A\n2024-01-02,10\n2024-01-03,11\n2024-01-04,x\n' | portvol -w equal --follow
echo "exit code $?"
