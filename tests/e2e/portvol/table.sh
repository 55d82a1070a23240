#!/bin/bash
# The table as people see it: whole, plain, in parts, narrow and wide.
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
show() {
    echo "# $*"
    portvol -w equal "$@" prices.csv
}
show
show --ascii
show --unit=dec --digits=6
for part in vol contrib corr bets tail comp dd roll audit; do
    show --show=$part
done
show --show=vol,contrib --width=60
show --show=contrib --width=120
show --show=contrib --ascii --digits=3 --width=40
show --show=roll --roll=21,252 --width=100
show --show=tail --var=90,99,99.9
show --show=tail --tail=hist
show --show=tail --tail=gauss
show --show=vol,bench --benchmark=FTSE
show --show=vol,contrib --period=none
show --show=vol --cov=lw-cc
show --show=vol --boot=0
show --show=vol --solve=minvar,erc,maxdiv,invvol --stress=corr=.5,vol=1.5
echo "# short positions have no bar"
portvol -w DAX=1.5,FTSE=-.5 --show=contrib prices.csv
echo "# no line is wider than asked for"
for width in 80 100; do
    portvol -w equal --width=$width prices.csv | python3 -c 'import sys
print(sys.argv[1], max(len(line.rstrip("\n")) for line in sys.stdin))' $width
done
