#!/bin/bash
# The ways to say what is held, and what is wrong with the others.
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
weights() {
    echo "# $*"
    portvol -o json --boot=0 "$@" prices.csv >report.json
    code=$?
    [ "$code" -eq 0 ] || { echo "exit code $code"; return; }
    jq -c '[.audit.weights, .vol.period * 1e12 | if type == "number" then round / 1e12 else . end], (.assets | map({(.name): .weight}) | add)' report.json
}
weights -w equal
weights
weights -w DAX=.1,SMI=.2,CAC=.3,FTSE=.4
weights -w FTSE=.4,CAC=.3,SMI=.2,DAX=.1
weights -w ' DAX = 1 '
weights -w DAX=1.5,FTSE=-0.5
weights -w DAX=.5,CASH=.5
weights -w DAX=2,CASH=-1
weights -w DAX=3,SMI=1 --normalize
weights -w DAX=1e300,SMI=1e300 --normalize
printf 'asset,weight\nDAX,0.25\n# none of this\n\nFTSE,0.75\n' >w.csv
weights -w @w.csv
printf 'DAX\t0.25\r\nFTSE\t0.75\r\n' >w.tsv
weights -w @w.tsv
printf 'DAX=0.25\nFTSE = 0.75\n' >w.txt
weights -w @w.txt
printf 'DAX   0.25\nFTSE 0.75' >w.words
weights -w @w.words
printf '"DAX";0.25\n"FTSE";0.75\n' >w.quoted
weights -w @w.quoted
printf '{"DAX": 0.25, "FTSE": 0.75}\n' >w.json
weights -w @w.json
weights -w DAX=25%,FTSE=75%
echo "# wrong ones"
printf '{"DAX":"x"}' >wrong.json
weights -w @wrong.json
printf '{"DAX":0.25' >cut.json
weights -w @cut.json
echo '{}' >none.json
weights -w @none.json
weights -w DAX=.25,SMI=.25,CAC=.25,FTSE=.2
weights -w DAX=.5,CASH=.4
weights -w DAX=1,SMI=-1 --normalize
weights -w DAX=1e308,SMI=1e308 --normalize
weights -w DACH=1
weights -w dax=.5,SMI=.5
weights -w NIKKEI=1
weights -w CASH=1
weights -w DAX=.5,DAX=.5
weights -w DAX
weights -w DAX=
weights -w =1
weights -w DAX=half
weights -w DAX=nan
weights -w equals
weights -w DAX=.5 --holdings DAX=1
weights --benchmark=DAC
weights --benchmark=DAX --cols=DAX
weights -w @none.csv
printf 'DAX,.5\nSMI\n' >w.csv
weights -w @w.csv
printf 'DAX,.5\nSMI,x\n' >w.csv
weights -w @w.csv
: >w.csv
weights -w @w.csv
echo "# names with signs in them"
printf 'a=b,"c,d","e ""f"""\n1,2,3\n2,3,5\n1,5,4\n' >odd.csv
portvol -w 'a=b=.5,"c,d=.25","e ""f""=.25"' -o json odd.csv | jq -c '.assets | map({(.name): .weight}) | add'
