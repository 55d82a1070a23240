#!/bin/bash
# What is wrong with a table is told with its place, and often with what to do.
# shellcheck disable=SC2016 # the $ in quotes are sed's, and prices
head -n 400 "$SOURCE/tests/data/good-eustock.csv" | python3 -c '
import datetime, sys
print(next(sys.stdin).replace("\"\"", "date").replace("\"", "").strip())
day = datetime.date(1991, 7, 1)
for line in sys.stdin:
    while day.weekday() > 4:
        day += datetime.timedelta(1)
    print(day, *line.strip().split(",")[1:], sep=",")
    day += datetime.timedelta(1)' >good.csv
run() {
    portvol -w equal "$@"
    echo "exit code $?"
}
edit() {
    echo "# $1"
    sed "$2" good.csv >prices.csv
    shift 2
    run --show=audit "$@" prices.csv
}
edit 'no number' '300s/,[0-9.]*/,x7676.3/2'
edit 'a field too few' '88s/,[^,]*$//'
edit 'a field too many' '88s/$/,1/'
edit 'a field for all' '88s/.*/oops/'
edit 'a date again' '310s/^[^,]*/1992-09-02/'
edit 'a date that is before' '310s/^[^,]*/1992-08-03/'
edit 'newest first' '1!G;h;$!d' --no-header --cols='c[345]'
edit 'oldest first after all' '' --order=desc
edit 'a split' '200,$s/^\([^,]*\),\(.*\)/\1,1\2/'
edit 'the same, meant' '200,$s/^\([^,]*\),\(.*\)/\1,1\2/' --jump=7.2
edit 'a price of zero' '9s/,[0-9.]*/,0/3'
edit 'a price below' '9s/,[0-9.]*/,-12.5/3'
edit 'prices taken for returns' '' --kind=returns
edit 'no row in the range' '' --from=2000-01-01
edit 'a quote without its end' '7s/,/,"/'
edit 'text behind a quote' '7s/,[0-9.]*/,"1"2/'
edit 'a quote in the header' '1s/DAX/"DAX/'
edit 'a quote in the first row' '2s/,/,"/'
edit 'an asset twice' '1s/SMI/DAX/'
edit 'no header' '1d'
edit 'numbers only' '1d;s/^[^,]*,//'
edit 'one row' '3,$d'
edit 'two rows' '4,$d'
edit 'a header only' '2,$d'
edit 'nothing' 'd'
edit 'blank lines only' 's/.*//'
edit 'a number that no double holds' '9s/,[0-9.]*/,1e999/3'
edit 'infinity' '9s/,[0-9.]*/,inf/3'
edit 'thousands' '9s/,[0-9.]*/,"1,234.5"/3'
edit 'a zero byte' '9s/,[0-9.]*/,1\x00/3'
edit 'a cell for the terminal' '9s/,[0-9.]*/,\x1b[31mred/3'
edit 'dates of no form' 's/^\(....\)-/\1x/' --from=1991-07-05
echo "# 1500 returns that are prices: told before the end"
python3 -c 'print("a")
for n in range(1500): print(100 + n % 7)' >many.csv # whole before it is read: it is not read to its end
run --kind=returns <many.csv
printf 'a\n0.01\n-1.5\n0.02\n' | run --kind=returns
echo "# lines of JSON"
for second in '{"t":"2024-01-03","A":"x"}' '{"t":"2024-01-03","A":1' '{"t":"2024-01-03","A":1,"C":2}' '[1]' '{"t":"2024-01-03","A":true}' \
    '{"t":"2024-01-03","A":1e999}' '{"t":"2024-01-02","A":1}'; do
    printf '{"t":"2024-01-02","A":1}\n%s\n' "$second" | run
done
printf '{"t":"2024-01-02"}\n' | run
printf '{"A":1,"A":2}\n{"A":2,"A":3}\n' | run
printf '{"symbol":"A","price":1,"date":"2024-01-02"}\n{"symbol":"A","price":1}\n' | run
printf '{"symbol":"A","price":1,"date":"2024-01-02"}\n{"symbol":"A","price":2,"date":"2024-01-02"}\n' | run
echo "# the long form"
printf 'date,ticker,close\n2024-01-02,A,1\n2024-01-02,A,2\n' | run
printf 'date,ticker,close\n2024-01-02,A,x\n' | run
printf 'date,ticker,close\n2024-01-02,A\n' | run
printf 'date,ticker,close\n2024-01-02,"A,1\n' | run
printf 'date,a,b\n2024-01-02,A,1\n' | run --shape=long
echo "# price directives"
printf 'P 2024-01-02 A $1\nP 2024-01-03 A\n' | run
printf 'P 2024-01-02 A $1\nP 2024-01-03 A $x\n' | run
printf 'P 2024-01-02 A $1\nP 2024-01-02 A $2\n' | run
echo "# a line that does not end"
for start in 'date,A\n2024-01-02,' 'date,ticker,close\n2024-01-02,A,' '{"A":1}\n{"A":' 'P 2024-01-02 A 1\nP 2024-01-03 A ' ''; do
    { printf '%b' "$start"; head -c 70000000 /dev/zero | tr '\0' 1; } | run
done
echo "# columns and options"
run --date=dat good.csv
run --date=9 good.csv
run --cols='(' good.csv
run --cols='^X' good.csv
run --from=yesterday good.csv
run --kind=prices --from=1 --to=2 <<<$'a\n1\n2'
run none.csv
run .
edit 'no variance for a correlation' 's/^\([^,]*\),[^,]*/\1,7/' --matrix=correlation
edit 'Cornish-Fisher outside its domain' '9s/,[0-9.]*/,3000/1' --tail=cf --jump=9

echo "# numbers in another spelling: no column is left out for it"
printf 'date;A;B\n2024-01-02;1,5;2\n' | run
printf 'date,A,B\n2024-01-02,"1,234.5",2\n' | run
printf 'date,A,B\n2024-01-02,2,$1\n' | run
