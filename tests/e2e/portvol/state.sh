#!/bin/bash
# --state: a run in parts tells the same as one over all rows, to the byte.
python3 - <<'PY'
import csv, datetime, os
rows = list(csv.reader(open(os.environ["SOURCE"] + "/tests/data/good-eustock.csv")))[:900]
day = datetime.date(1991, 7, 1)
with open("prices.csv", "w") as out:
    print("date", *rows[0][1:], sep=",", file=out)
    for n, row in enumerate(rows[1:]):
        cells = row[1:]
        if n % 97 == 50:
            cells[n % 4] = ""
        print(day, *cells, sep=",", file=out)
        day += datetime.timedelta(3 if day.weekday() == 4 else 1)
table = list(csv.reader(open("prices.csv")))
with open("returns.csv", "w") as out:
    print(*table[0], sep=",", file=out)
    for before, row in zip(table[1:], table[2:]):
        print(row[0], *(float(b) / float(a) - 1 if a and b else "" for a, b in zip(before[1:], row[1:])), sep=",", file=out)
PY
part() { { head -n 1 "$1"; sed -n "$2p" "$1"; } >part.csv; }
# Keys that name the file are left out: it is another one.
plain() { jq -c 'del(.audit.input)'; }
parts='2,3 4,70 71,71 72,500 501,899 900,901'
in_parts() {
    echo "# $*"
    file=$1
    shift
    portvol -w equal -o json "$@" "$file" | plain >whole
    rm -f s
    for lines in $parts; do
        part "$file" "$lines"
        portvol -w equal -o json --state=s "$@" part.csv >last 2>message || [ "$lines" = 2,3 ] || cat message
    done
    plain <last | cmp - whole && echo same
    [ ! -e s.new ] || echo "s.new stayed"
}
in_parts prices.csv
in_parts prices.csv --missing=ffill
in_parts prices.csv --missing=zero --returns=log
in_parts prices.csv --hold=drift --benchmark=FTSE
in_parts prices.csv --cov=ewma --seed=cov
in_parts prices.csv --seed=backcast --lambda=.97 --roll=2,63,800
in_parts prices.csv --keep=300
in_parts prices.csv --ddof=0 --var=90,99 --solve=minvar,erc
in_parts prices.csv --compat=article
in_parts returns.csv --kind=returns
echo "# rows that were had already are passed over"
rm -f s
portvol -w equal -o json prices.csv | plain >whole
part prices.csv 2,600
portvol -w equal -o json --state=s part.csv >last
portvol -w equal -o json --state=s prices.csv | plain | cmp - whole && echo same
portvol -w equal -o json --state=s prices.csv | plain | cmp - whole && echo same
portvol -w equal -o json --state=s - <prices.csv | plain | cmp - whole && echo same
echo "# days that stand twice, in parts"
awk 'NR == 1 { print; next } { print; print }' prices.csv >twice.csv
parts='2,3 4,71 72,501 502,1799' in_parts twice.csv --duplicates=mean
echo "# --follow goes on too"
rm -f s
portvol -w equal --follow prices.csv >whole
part prices.csv 2,400
portvol -w equal --follow --state=s part.csv >lines
portvol -w equal --follow --state=s prices.csv >>lines
cmp lines whole && echo same
echo "# ended by a signal between rows"
rm -f s lines
mkfifo rows
portvol -w equal --follow --state=s rows >lines &
follower=$!
exec 7>rows
sed -n 1,300p prices.csv >&7
for _ in $(seq 400); do
    [ "$(tail -n 1 lines | jq -r .t 2>/dev/null)" != "$(sed -n 300p prices.csv | cut -d, -f1)" ] || break
    sleep 0.05
done
kill -TERM "$follower"
wait "$follower"
echo "exit code $?"
exec 7>&-
portvol -w equal --follow --state=s prices.csv >>lines
cmp lines whole && echo same
echo "# the state of something else, or of nothing"
portvol -w DAX=1 --state=s prices.csv
echo "exit code $?"
portvol -w equal --state=s --missing=zero prices.csv
echo "exit code $?"
head -c 700 s >short.txt && mv short.txt s
portvol -w equal --state=s prices.csv
echo "exit code $?"
: >s
portvol -w equal --state=s prices.csv
echo "exit code $?"
portvol -w equal --state=none/s prices.csv >out
echo "exit code $?"
