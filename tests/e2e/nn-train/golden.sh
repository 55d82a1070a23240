#!/bin/bash
# The replay of an article of 2014: by its numbers of right answers, with floats and doubles, from options, from a recipe
# and, with schedules that count from 1, from what Pylearn2's train.py reads. The rows are scaled on all of them first.
data=$SOURCE/tests/data/pima.csv
right() { nn-train inspect - | awk '/^(train|valid|test) /{print $1, $2, $4} /^trained/{print}'; }
for precision in float double; do
    nn-train train -q -i "$data" -y class --compat pylearn2 --precision $precision | right
done
cat >net.toml <<'END'
compat = "pylearn2"
target = "class"
[[layer]]
type = "sigmoid"
name = "hidden"
dim = 20
irange = 0.05
init_bias = 1
[[layer]]
type = "softmax"
name = "output"
dim = 2
irange = 0.05
END
nn-train train -q -i "$data" -c net.toml -o recipe.json
right <recipe.json
# The stop after 105 epochs, as the records say.
nn-train train -i "$data" -c net.toml -o /dev/null 2>records
tail -n 1 records | jq -c '[.done, .epochs, .best_epoch]'
nn-train train -q -i "$data" -y class --compat pylearn2 --schedule-offset 1 | right
