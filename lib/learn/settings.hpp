#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace bradawl::learn {

/// A setting of training: an option of the command line, a key of a recipe, and a key of `config` in a model.
struct Setting {
    const char* group;
    const char* names;    ///< as an option: `-y,--target`
    const char* metavar;  ///< empty: true or false, a flag
    const char* text;
    const char* fallback;  ///< what it is when nothing says so; empty: nothing
};

/// All of them.
inline constexpr std::array settings = {
    Setting{"Rows", "-y,--target", "COLUMN", "what to learn: a name, or a number from 1", ""},
    Setting{"Rows", "--task", "TASK", "classification, regression; auto: classes, unless a target has a fraction",
            "auto"},
    Setting{"Rows", "--features", "LIST", "columns to learn from (all others)", ""},
    Setting{"Rows", "--ignore", "LIST", "columns to leave out", ""},
    Setting{"Rows", "--categorical", "LIST", "columns that hold words, not numbers", ""},
    Setting{"Rows", "--weight-col", "COLUMN", "how much each row counts", ""},
    Setting{"Rows", "--class-weight", "LIST", "balanced, or a=2,b=.5", ""},
    Setting{"Rows", "--missing", "HOW", "error, mean, median, indicator (mean and a flag), drop; 0,mean: so is 0",
            "error"},
    Setting{"Rows", "--missing-values", "LIST", "more that looks like a missing value, beside NA, null, ...", ""},
    Setting{"Rows", "--missing-in", "LIST", "the columns that both are for (all)", ""},
    Setting{"Rows", "--unknown", "HOW", "new categories when applied: error, zeros, other", "error"},
    Setting{"Rows", "--scale", "HOW", "standard, minmax, none", "standard"},
    Setting{"Rows", "--inputs", "N", "refuse rows that give another number of inputs; 0: any", "0"},
    Setting{"Rows", "--fit-on", "ROWS", "what scales are learnt from: train, all", "train"},
    Setting{"Split", "--split", "PARTS", "train,valid,test: .7,.2,.1 or rows; .7/.7: parts of what is left; 1: none",
            "auto"},
    Setting{"Split", "--split-by", "HOW", "stratified, shuffle, order, hash (of each row)", "auto"},
    Setting{"Split", "--split-col", "COLUMN", "holds train, valid or test", ""},
    Setting{"Split", "--valid", "FILE", "rows to watch, instead of a part", ""},
    Setting{"Network", "--hidden", "UNITS", "units of the hidden layers: 20, 64-32; 0: none", "32"},
    Setting{"Network", "--act", "NAME", "their kind: tanh, sigmoid, relu, softplus, linear, maxout", "tanh"},
    Setting{"Network", "--layers", "LIST", "instead of --hidden: type=relu,dim=64;type=softmax", ""},
    Setting{"Network", "--init", "HOW", "glorot, glorot-normal, he, he-normal, lecun, uniform:R, normal:SD, sparse:K",
            "glorot"},
    Setting{"Network", "--init-bias", "B", "of hidden layers", "0"},
    Setting{"Network", "--dropout", "LIST", "part of each layer's inputs left out: .2,.5", "0"},
    Setting{"Network", "--cost", "NAME", "nll, cross_entropy; mse, mae, huber", "auto"},
    Setting{"Training", "--batch", "ROWS", "rows between two moves of the weights; 0: all", "32"},
    Setting{"Training", "--lr", "RATE", "learning rate (0.001; sgd: 0.01)", "auto"},
    Setting{"Training", "--rule", "NAME", "adam, adamw, sgd, nesterov, rmsprop, adagrad, adadelta", "adam"},
    Setting{"Training", "--momentum", "M", "of sgd and nesterov: .9, .5:.99@1-50", "0"},
    Setting{"Training", "--lr-decay", "HOW", "linear:1-50:.1, one-over:1, exp:1.0001, anneal:5000", "none"},
    Setting{"Training", "--schedule-offset", "N", "epochs counted before the first: 0, 1", "0"},
    Setting{"Training", "--epochs", "N", "at most; 0: any number", "1000"},
    Setting{"Training", "--patience", "N", "epochs without a better value; 0: any", "30"},
    Setting{"Training", "--min-delta", "PART", "what is better must be so by this part", "0"},
    Setting{"Training", "--stop", "RULES", "any:epochs=400,patience=50 or all:..., with target=X", ""},
    Setting{"Training", "--monitor", "VALUE", "to stop and choose by: valid_nll, valid_misclass, valid_rmse, ...",
            "auto"},
    Setting{"Training", "--l2", "C", "cost C times squared weights; of adamw: decay", "0.0001"},
    Setting{"Training", "--l1", "C", "cost C times sizes of weights", "0"},
    Setting{"Training", "--max-col-norm", "N", "of the weights into a unit; 0: any", "0"},
    Setting{"Training", "--clip", "N", "norm of a gradient; 0: any", "0"},
    Setting{"Training", "--restarts", "N", "train N times, keep the best", "1"},
    Setting{"Training", "--time-budget", "SECONDS", "stop after so long; 0: any", "0"},
    Setting{"Training", "--seed", "N", "of all random numbers", "1"},
    Setting{"Training", "--weight-seed", "LIST", "of the weights alone: 2013,1,4 or number:5", ""},
    Setting{"Training", "--shuffle-seed", "LIST", "of the order of rows alone: 2012,10,5 or number:5", ""},
    Setting{"Training", "--precision", "TYPE", "float, double", "float"},
    Setting{"Training", "--compat", "NAME", "pylearn2: the recipe and the random numbers of its users", "none"},
};

/// The name of a setting: the long one of its options.
constexpr const char* name_of(const Setting& setting) {
    const char* name = setting.names;
    for (const char* at = setting.names; *at != '\0'; ++at)
        if (*at == ',') name = at + 1;
    return name + 2;
}

/// Values of settings by name, as text, and where each was given, for messages.
struct Values {
    struct Given {
        std::string text;
        std::string place;  ///< `--lr`, `net.toml:3: lr`

        /// What a value that makes no sense is: of an option, or of a file.
        Fault fault() const { return place.starts_with("--") ? Fault::usage : Fault::config; }
    };
    using Layer = std::vector<std::pair<std::string, Given>>;

    std::map<std::string, Given> given;
    std::vector<Layer> layers;  ///< of a recipe, key by key; the last is the output. Used unless `layers` is given
};

}  // namespace bradawl::learn
