#!/bin/bash
# Models as awk and, where there is a compiler, as C say what the tool says: the same classes, and probabilities within
# a millionth.
data=$SOURCE/tests/data/pima.csv
same() { # same FILE: lines of class,probability as in `wanted`
    paste -d, wanted "$1" | awk -F, 'NF != 4 || $1 != $3 || ($2 - $4) ^ 2 > 1e-12 {print FILENAME ": " $0; ++bad} END {print NR, bad + 0}'
}
for layers in 'type=sigmoid,dim=20;type=softmax' 'type=tanh,dim=4;type=relu,dim=5,left_slope=.1;type=maxout,dim=4;type=sigmoid,dim=1' \
    'type=softplus,dim=5;type=linear,dim=3;type=softmax'; do
    nn-train train -q -i "$data" -y class --missing 0,indicator --missing-in mass,triceps --layers "$layers" --epochs 30 -o m.json
    nn-train predict -m m.json -i "$data" --digits 9 --no-output-header >wanted
    nn-train export m.json --to awk -o m.awk
    sed 's/^\([^,]*,[^,]*,[^,]*\),0,/\1,,/; s/,0\(,[^,]*,[^,]*,[^,]*\)$/,\1/' "$data" >blank.csv
    awk -f m.awk blank.csv | tail -n +2 >got.awk
    same got.awk
    nn-train export m.json --to c -o m.c
    cc -std=c99 -Wall -Wextra -Werror -Dpredict_MAIN m.c -lm -o m && ./m <blank.csv >got.c
    same got.c
    nn-train export m.json --to sql --keep class | grep -c '^SELECT k1 AS "class"'
done
nn-train export m.json --symbol 'a b' 2>&1
echo "exit code $?"
