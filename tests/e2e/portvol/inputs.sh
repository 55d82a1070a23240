#!/bin/bash
# However a table is written, the figures are the same to the bit.
python3 - <<'PY'
import csv, datetime, json, os, statistics
from decimal import Decimal
rows = list(csv.reader(open(os.environ["SOURCE"] + "/tests/data/good-eustock.csv")))
names = rows[0][1:]
days = []
day = datetime.date(1991, 7, 1)
while len(days) < 300:
    if day.weekday() < 5:
        days.append(day)
    day += datetime.timedelta(1)
table = [(day, row[1:]) for day, row in zip(days, rows[1:])]


def lines(file, header, cells, end="\n", separator=","):
    with open(file, "w", newline="") as out:
        if header:
            out.write(separator.join(header) + end)
        for row in cells:
            out.write(separator.join(row) + end)


def wide(form=str):
    return [[form(day), *values] for day, values in table]


header = ["date", *names]
lines("base.csv", header, wide())
lines("tabs.tsv", header, wide(), separator="\t")
lines("bars.txt", header, wide(), separator="|")
lines("semicolons.csv", header, [[d, *(v.replace(".", ",") for v in vs)] for d, *vs in wide()], separator=";")
lines("crlf.csv", header, wide(), end="\r\n")
with open("bom.csv", "wb") as out:
    out.write(b"\xef\xbb\xbf" + open("base.csv", "rb").read())
lines("quotes.csv", [f'"{h}"' for h in header], [[f'"{cell}"' for cell in row] for row in wide()])
lines("blanks.csv", header, [[f"  {cell} " for cell in row] for row in wide()], end=" \n\n")
lines("exponents.csv", header, [[d, *(f"{Decimal(v).scaleb(-3):f}e3" for v in vs)] for d, *vs in wide()])
lines("zeros.csv", header, [[d, *(f"+{v}" + ("" if "." in v else ".") + "00000000000000000000" for v in vs)] for d, *vs in wide()])
lines("headless.csv", None, wide())
lines("newest.csv", header, wide()[::-1])
lines("us.csv", header, wide(lambda d: f"{d.month}/{d.day}/{d.year}"))
lines("german.csv", header, wide(lambda d: f"{d.day}.{d.month}.{d.year}"))
lines("compact.csv", header, wide(lambda d: d.strftime("%Y%m%d")))
lines("times.csv", header, wide(lambda d: f"{d}T16:00:00+02:00"))
lines("text.csv", ["exchange", "date", "note", *names], [["XETRA", d, "-", *vs] for d, *vs in wide()])
lines("nameless.csv", ["", *names], [[str(n + 1), *vs] for n, (d, *vs) in enumerate(wide())])
lines("more.csv", ["date", "GOLD", *names, "OIL"], [[d, "1", *vs, "2"] for d, *vs in wide()])
long_rows = [[d, name, v] for d, *vs in wide() for name, v in zip(names, vs)]
lines("long.csv", ["date", "ticker", "close"], long_rows)
lines("long-columns.csv", ["when", "x", "paper", "y", "mark"], [[d, "?", n, "!", v] for d, n, v in long_rows])
lines("long-by-asset.csv", ["date", "ticker", "close"], sorted(long_rows, key=lambda row: names.index(row[1])))
lines("long-mixed.csv", ["date", "ticker", "close"], long_rows[4:1000] + long_rows[1000:][::-1] + long_rows[:4])
lines("long-twice.csv", ["date", "ticker", "close"], [["1991-07-01", "DAX", "7"], *long_rows])
lines("twice.csv", header, [[wide()[0][0], "1", "2", "3", ""], *wide()])
with open("wide.ndjson", "w") as out:
    for d, *vs in wide():
        out.write(json.dumps({"date": d, **dict(zip(names, map(float, vs)))}) + "\n")
with open("strings.ndjson", "w") as out:
    for at, (d, *vs) in enumerate(wide()):
        members = [("t", d), *zip(names, vs)]
        out.write(json.dumps(dict(members[::-1] if at % 2 else members)) + "\n\n")
with open("long.ndjson", "w") as out:
    for d, name, v in long_rows:
        out.write(json.dumps({"symbol": name, "price": float(v), "date": d, "volume": 7}) + "\n")
with open("ledger.prices", "w") as out:
    for at, (d, name, v) in enumerate(long_rows):
        price = [f"${v}", f"{v} EUR", f'{v} "US $"', f"EUR {v}"][at % 4]
        time = " 12:00:00" if at % 3 == 0 else ""
        out.write(f"P {d.replace('-', '/')}{time} {name} {price}" + ("  ; as told\n" if at % 5 == 0 else "\n"))
        if at % 7 == 0:
            out.write("; a comment\n\nN EUR\n")
returns = [[d, *(repr(float(b) / float(a) - 1) for a, b in zip(before, vs))]
           for (_, *before), (d, *vs) in zip(wide(), wide()[1:])]
lines("returns.csv", header, returns)
with open("volatility", "w") as out:
    print("vol.period", repr(statistics.stdev(sum(map(float, vs)) / 4 for d, *vs in returns)), file=out)
PY
figures() { portvol --period=252 -o json --show=vol,contrib,tail,dd "$@"; }
figures -w equal base.csv | jq -c 'del(.drawdown.peak, .drawdown.trough)' >wanted
# By Python, which reckons with fractions.
portvol -w equal --period=252 -o json base.csv >report.json
python3 "$CASE_DIR/values.py" report.json <volatility
same() {
    echo "$*: $(figures -w equal "$@" 2>&1 | jq -c 'del(.drawdown.peak, .drawdown.trough)' | cmp - wanted && echo same)"
}
for file in tabs.tsv crlf.csv bom.csv quotes.csv blanks.csv exponents.csv zeros.csv compact.csv us.csv german.csv times.csv \
    text.csv nameless.csv long.csv long-by-asset.csv long-mixed.csv wide.ndjson strings.ndjson long.ndjson ledger.prices; do
    same $file
done
same - <base.csv
same --sep='|' bars.txt
same --sep='\t' --in=csv tabs.tsv
same --in=tsv tabs.tsv
same --decimal=, semicolons.csv
same --order=desc newest.csv
same --cols='^(DAX|SMI|CAC|FTSE)$' more.csv
same --from=1991-07-01 --to=2000-01-01 base.csv
same --from=1 --to=300 nameless.csv
same --duplicates=last twice.csv
same --duplicates=last long-twice.csv
same --shape=long --date=when --ticker=paper --value=mark long-columns.csv
same --date=2 --cols='^[DSCF]' text.csv
echo "--no-header: $(figures -w equal --no-header headless.csv |
    jq -c '(.assets[].name) |= {c2: "DAX", c3: "SMI", c4: "CAC", c5: "FTSE"}[.] | del(.drawdown.peak, .drawdown.trough)' |
    cmp - wanted && echo same)"
echo "# returns instead of prices"
figures -w equal --kind=returns returns.csv | jq -c 'del(.drawdown.peak, .drawdown.trough)' | cmp - wanted && echo same
echo "# a range"
{ head -n 1 base.csv; sed -n '102,202p' base.csv; } >part.csv
figures -w equal part.csv >wanted
figures -w equal --from=1991-11-18 --to=1992-04-06 base.csv | cmp - wanted && echo same
figures -w equal --from=1991-11-18 --to=1992-04-06 --order=desc newest.csv | cmp - wanted && echo same
figures -w equal --from=1991-11-18 --to=1992-04-06 long-mixed.csv | cmp - wanted && echo same
