#!/bin/bash
# What a recipe asks for is done or refused with its line and key, never passed over.
data=$SOURCE/tests/data/pima.csv
cut -d, -f9 "$data" | paste -d, - "$data" | cut -d, -f1-9 >first.csv
cat >net.yaml <<'END'
!obj:pylearn2.train.Train {
  dataset: &train !obj:pylearn2.datasets.csv_dataset.CSVDataset { path: 'first.csv', start: 0, stop: 537 },
  model: !obj:pylearn2.models.mlp.MLP {
    nvis: 8,
    layers: [
      !obj:pylearn2.models.mlp.Sigmoid { layer_name: 'hidden', dim: %(dim)i, irange: .05, init_bias: 1. },
      !obj:pylearn2.models.mlp.Softmax { layer_name: 'output', n_classes: 2, irange: .05 }
    ]
  },
  algorithm: !obj:pylearn2.training_algorithms.sgd.SGD {
    batch_size: 10,
    learning_rate: .05,
    learning_rule: !obj:pylearn2.training_algorithms.learning_rule.Momentum { init_momentum: .5 },
    monitoring_dataset: { 'train': *train,
      'valid': !obj:pylearn2.datasets.csv_dataset.CSVDataset { path: 'first.csv', start: 537, stop: 698 } },
    termination_criterion: !obj:pylearn2.termination_criteria.And { criteria: [
      !obj:pylearn2.termination_criteria.MonitorBased { channel_name: 'valid_output_misclass', prop_decrease: 0., N: 50 },
      !obj:pylearn2.termination_criteria.EpochCounter { max_epochs: 40 } ] }
  },
  extensions: [
    !obj:pylearn2.train_extensions.best_params.MonitorBasedSaveBest { channel_name: 'valid_output_misclass', save_path: 'best.json' },
    !obj:pylearn2.training_algorithms.learning_rule.MomentumAdjustor { start: 1, saturate: 50, final_momentum: .99 },
    !obj:pylearn2.training_algorithms.sgd.LinearDecayOverEpoch { start: 1, saturate: 50, decay_factor: .1 }
  ]
}
END
nn-train train -q -c net.yaml --set dim=20
nn-train inspect best.json --settings | grep -E '^(layers|momentum|lr|lr-decay|stop|monitor|split|schedule-offset|inputs|scale) '
try() { # try FROM TO
    sed "s/$1/$2/" net.yaml >other.yaml
    nn-train train -q -c other.yaml --set dim=20 2>&1
    echo "exit code $?"
}
try 'mlp.Sigmoid' 'mlp.ConvRectifiedLinear'
try 'nvis: 8' 'nvis: 9'
try 'nvis: 8' 'nvis: 8, input_space: 3'
try 'learning_rate: .05,' 'learning_rate: .05, learning_rate: .1,'
try 'CSVDataset { path' 'MNIST { path'
try 'sgd.SGD' 'bgd.BGD'
try 'valid_output_misclass' 'valid_output_f1'
try '\&train \!obj:[^ ]* {.*}' '\&train \!pkl: "x.pkl"'
nn-train train -q -c net.yaml 2>&1
nn-train train -q -c net.yaml --set dim=20 --set x=1 2>&1
flat() {
    printf '%b' "$2" >"$1"
    nn-train train -q -i "$data" -c "$1" -o m.json 2>&1
    echo "exit code $?"
}
flat a.toml 'target = "class"\nhiden = 3\n'
flat b.toml 'target = "class"\nlr = "fast"\n'
flat c.toml 'target = "class"\n[[layer]]\ntype = "sigmod"\n'
flat d.json '{"target": "class",\n "layer": [{"type": "relu", "dim": 5},\n {"typ": "softmax"}]}'
flat e.json '{"target": "class",}'
flat f.toml 'target = "class"\nfeatures = ["mass", "age"]\nhidden = 0\nepochs = 3\n'
flat g.yaml 'target: class\nepochs: 3\n'
