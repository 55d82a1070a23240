#!/bin/bash
# --strict: what has to be assumed is an error; what is said is not.
printf 'date,A,B\n2024-01-02,10,20\n2024-01-03,11,19\n2024-01-04,10.5,20\n2024-01-05,11,21\n' >daily.csv
run() {
    echo "# $*"
    portvol --strict --show=audit "$@"
    echo "exit code $?"
}
run daily.csv
run -w equal daily.csv
run -w equal --period=252 daily.csv
sed 's/^[^,]*,//' daily.csv >dateless.csv
run -w equal dateless.csv
run -w equal --period=252 dateless.csv
sed '1s/^date//' daily.csv >nameless.csv
run -w equal --period=252 nameless.csv
run -w equal --period=252 --date=1 nameless.csv
sed 's/$/,note/' daily.csv >text.csv
run -w equal --period=252 text.csv
run -w equal --period=252 --cols='^[AB]$' text.csv
printf 'date,A\n1/2/2024,10\n2/3/2024,11\n3/4/2024,10\n' >ambiguous.csv
run -w equal --period=252 ambiguous.csv
printf 'date,A\n1/2/2024,10\n1/3/2024,11\n1/13/2024,10\n' >clear.csv
run -w equal --period=252 clear.csv
printf 'date,ticker,close\n2024-01-03,A,11\n2024-01-02,A,10\n2024-01-04,A,12.5\n' >long.csv
run -w equal --period=252 long.csv
run -w equal --period=252 --shape=long long.csv
{ head -n 1 long.csv; tail -n +2 long.csv | sort; } >sorted.csv
run -w equal --period=252 --shape=long sorted.csv
echo "# rows a year by the dates"
python3 - <<'PY'
import datetime
first = datetime.date(2020, 1, 1)
def table(name, days):
    with open(name + ".csv", "w") as out:
        print("date,A", file=out)
        for n, day in enumerate(days):
            print(f"{day},{10 + n % 3}", file=out)
def step(n): return first + datetime.timedelta(n)
table("365", [step(n) for n in range(400)])
table("252", [step(n) for n in range(600) if step(n).weekday() < 5])
table("52", [step(7 * n) for n in range(100)])
table("12", [datetime.date(2020 + n // 12, n % 12 + 1, 1) for n in range(40)])
table("4", [datetime.date(2020 + n // 4, n % 4 * 3 + 1, 1) for n in range(20)])
table("1", [datetime.date(2000 + n, 1, 1) for n in range(20)])
table("other", [step(3 * n) for n in range(100)])
PY
for rows in 365 252 52 12 4 1 other; do
    echo "$rows: $(portvol -w equal -o json $rows.csv | jq -c '.audit | [.period, .period_why]')"
done
awk 'NR == 1 { print; next } { print; print }' 252.csv >twice.csv
echo "each date twice: $(portvol -w equal -o json --duplicates=mean twice.csv | jq -c '.audit | [.rows, .merged, .period, .period_why]')"
