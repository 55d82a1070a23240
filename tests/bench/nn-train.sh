#!/bin/bash
# What an epoch of training and a row of predictions cost: nn-train against scikit-learn, and sgemm, in one run.
#
#   tests/bench/nn-train.sh [BUILD] [ROUNDS] [ROWS]
#
# BUILD (build/release) is a Release tree; ROUNDS (5) how often each is run, in turns; ROWS (20000) of the largest task,
# whose epochs are told per 60,000 rows. An epoch is the difference of two trainings of few and of many epochs, in CPU
# seconds, divided by the epochs between them, so that reading and starting do not count. $PYTHON (python3) needs numpy, pandas and scikit-learn.
set -euo pipefail
here=$(cd "$(dirname -- "$0")" && pwd)
build=$(cd "${1:-$here/../../build/release}" && pwd)
rounds=${2:-5}
rows=${3:-20000}
python=${PYTHON:-python3}
export PATH=$build/tools:$PATH OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
[ -x "$build/tools/nn-train" ] || { echo "nn-train.sh: there is no nn-train in $build/tools" >&2; exit 1; }
"$python" -c 'import numpy, pandas, sklearn' || { echo "nn-train.sh: $python lacks numpy, pandas or sklearn" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
# Two rows more to watch, as otherwise the rows learnt from are watched, by a pass of their own.
head -n 540 "$here/../data/pima.csv" >pima.csv
head -n 1440 "$here/../data/digits.csv" >digits.csv
"$python" - "$rows" <<'PYTHON'
import numpy, sys
rows = int(sys.argv[1])
print("seed 1")
random = numpy.random.default_rng(1)
with open("large.csv", "w") as file:
    file.write(",".join(f"p{n}" for n in range(784)) + ",class\n")
    for begin in range(0, rows, 1000):
        values = random.integers(0, 256, (1000, 784))
        classes = values[:, :10].argmax(axis=1)
        numpy.savetxt(file, numpy.column_stack([values, classes]), fmt="%d", delimiter=",")
PYTHON

cat >epochs.py <<'PYTHON'
"""epochs.py ROUNDS ROWS: seconds of CPU for an epoch, in turns."""
import os, statistics, subprocess, sys, time, warnings
import numpy, pandas
from sklearn.neural_network import MLPClassifier
warnings.filterwarnings("ignore")
rounds, large = int(sys.argv[1]), int(sys.argv[2])

def cpu(command):
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system

def rows_of(file):
    return sum(1 for _ in open(file)) - 1

def nn_train(file, hidden, act, batch, few, many):
    def train(epochs):
        return cpu(["nn-train", "train", "-q", "-i", file, "-y", "class", "--hidden", hidden, "--act", act,
                    "--rule", "sgd", "--lr", ".05", "--momentum", ".9", "--batch", str(batch), "--l2", "0",
                    "--epochs", str(epochs), "--patience", "0", "--split", f"{rows_of(file) - 2},2", "--split-by",
                    "order", "-o", "/dev/null"])
    return (train(many) - train(few)) / (many - few)

tables = {}
def sklearn(file, hidden, act, batch, few, many):
    if file not in tables:
        table = pandas.read_csv(file)
        x = table.drop(columns="class").to_numpy("float32")
        tables[file] = ((x - x.mean(axis=0)) / (x.std(axis=0) + 1e-9), table["class"].to_numpy())
    def train(epochs):
        model = MLPClassifier([int(hidden)], activation=act, solver="sgd", learning_rate_init=.05, momentum=.9,
                              nesterovs_momentum=False, batch_size=batch, alpha=0, max_iter=epochs, tol=0,
                              n_iter_no_change=10**6, random_state=1)
        began = time.process_time()
        model.fit(*tables[file])
        return time.process_time() - began
    return (train(many) - train(few)) / (many - few)

def sgemm(m=128, n=128, k=784, seconds=.4):
    a, b, c = (numpy.ones(shape, "float32") for shape in ((m, k), (k, n), (m, n)))
    best, end = 9e9, time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        numpy.dot(a, b, out=c)
        best = min(best, time.perf_counter() - began)
    return 2 * m * n * k / best / 1e9

tasks = [("pima 8-20-2 b10 sigmoid", "pima.csv", "20", "sigmoid", "logistic", 10, 1, (1000, 6000), (5, 25)),
         ("digits 64-64-10 b32 relu", "digits.csv", "64", "relu", "relu", 32, 1, (100, 700), (5, 25)),
         (f"784-128-10 b128 relu", "large.csv", "128", "relu", "relu", 128, 60000 / large, (1, 5), (1, 3))]
for name, file, hidden, ours, theirs, batch, scale, steps, their_steps in tasks:
    own, other, product = [], [], []
    for _ in range(rounds):
        own.append(scale * nn_train(file, hidden, ours, batch, *steps))
        other.append(scale * sklearn(file, hidden, theirs, batch, *their_steps))
        product.append(sgemm())
    ratio = statistics.median(b / a for a, b in zip(own, other))
    print(f"{name:26} nn-train {statistics.median(own) * 1e6:10.1f} us (best {min(own) * 1e6:.1f})   "
          f"scikit-learn {statistics.median(other) * 1e6:10.1f} us (best {min(other) * 1e6:.1f})   {ratio:6.1f} times")
    if file == "large.csv":
        flops = 60000 * (2 * 2 * 784 * 128 + 3 * 2 * 128 * 10)
        share = statistics.median(flops / a / 1e9 / p for a, p in zip(own, product))
        print(f"{'':26} {flops / statistics.median(own) / 1e9:.0f} GFLOP/s, sgemm 128x128x784 "
              f"{statistics.median(product):.0f}: {100 * share:.0f} %")
PYTHON
echo '--- an epoch of training'
"$python" epochs.py "$rounds" "$rows"

echo '--- predictions: 8 features, label and probability'
nn-train train -q -i "$here/../data/pima.csv" -y class --hidden 20 --act sigmoid -o model.json
{ head -n 1 "$here/../data/pima.csv"; for _ in $(seq 300); do tail -n +2 "$here/../data/pima.csv"; done; } >rows.csv
cat >predict.py <<'PYTHON'
"""The same by scikit-learn and pandas, 100,000 rows at a time."""
import sys, pandas
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
table = pandas.read_csv(sys.argv[1])
names = [name for name in table.columns if name != "class"]
model = make_pipeline(StandardScaler(), MLPClassifier([20], activation="logistic", max_iter=20, random_state=1))
model.fit(table[names], table["class"])
if len(sys.argv) > 2:
    for part in pandas.read_csv(sys.argv[2], chunksize=100000):
        chances = model.predict_proba(part[names])
        pandas.DataFrame({"label": chances.argmax(axis=1), "prob": chances.max(axis=1)}).to_csv(sys.stdout, index=False)
PYTHON
lines=$(($(wc -l <rows.csv) - 1))
echo "$lines rows"
"$here/compare.py" --rounds "$rounds" "nn-train=nn-train predict -q -m model.json -i rows.csv --out prob" \
    "sklearn-pandas=$python -W ignore predict.py '$here/../data/pima.csv' rows.csv" \
    "sklearn-start=$python -W ignore predict.py '$here/../data/pima.csv'"
