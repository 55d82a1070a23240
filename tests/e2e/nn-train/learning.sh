#!/bin/bash
# What is learnt: the exclusive or from every one of 100 seeds, the digits; what diverges keeps the best and says what to do.
printf 'a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n' >xor.csv
for seed in $(seq 100); do
    nn-train train -q -i xor.csv -y y --hidden 8 --act tanh --lr .1 --epochs 200 --patience 0 --seed "$seed" |
        nn-train eval -m - -i xor.csv | jq .accuracy
done | sort | uniq -c
nn-train train -q -i "$SOURCE/tests/data/digits.csv" -y class --hidden 64 --act relu --split .8,.1,.1 --require 'test_acc>=.93' -o d.json
echo "exit code $?"
nn-train train -i "$SOURCE/tests/data/pima.csv" -y class --scale none --lr 1e6 --rule sgd -o m.json 2>err
echo "exit code $?"
grep '^nn-train' err
nn-train inspect m.json | grep -c 'stopped by diverged'
nn-train train -q -i "$SOURCE/tests/data/pima.csv" -y class --cv 5 --repeat 2 --require 'accuracy>.7' | jq -s 'length, (.[-1].accuracy.mean > .7)'
echo "# what is likely wrong is said"
nn-train train -i "$SOURCE/tests/data/pima.csv" -y class --hidden 4 --scale none --lr 1e-7 --log epochs -o m.json 2>&1
echo "# a place for the model is looked for before the rows"
nn-train train -y class -o none/m.json 2>&1 </dev/null
echo "exit code $?"
