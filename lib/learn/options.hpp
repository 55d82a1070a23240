#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "learn/settings.hpp"
#include "nn/examples.hpp"
#include "nn/layer_options.hpp"
#include "nn/mersenne.hpp"
#include "nn/schedule.hpp"
#include "nn/stopping.hpp"
#include "nn/trainer.hpp"
#include "table/features.hpp"
#include "table/options.hpp"

namespace bradawl::learn {

enum class Task { automatic, classification, regression };

/// How rows are divided into those to learn from, to watch and to test.
struct SplitOptions {
    enum class By { automatic, order, shuffle, stratified, hash };

    bool automatic = true;  ///< 80/20 with 50 rows or more, else all to learn from
    double train = 1;       ///< parts of all rows …
    double valid = 0;
    double test = 0;
    bool counts = false;   ///< … or numbers of rows …
    bool of_rest = false;  ///< … or `valid` is a part of what `train` leaves, the rest is `test`
    By by = By::automatic;
    std::string column;  ///< holds the words train, valid, test
    std::string file;    ///< with rows to watch
};

/// All that decides a training.
struct Options {
    // rows
    std::string target;
    Task task = Task::automatic;
    std::vector<std::string> features;
    std::vector<std::string> ignore;
    std::vector<std::string> categorical;
    std::string weight_column;
    bool balanced = false;
    std::map<std::string, double> class_weights;
    std::vector<std::string> missing_words;
    table::FeatureOptions scaling;
    std::uint64_t inputs = 0;  ///< that the rows must give; 0: any number
    bool fit_on_all = false;
    SplitOptions split;

    // network
    std::vector<nn::LayerOptions> layers;  ///< hidden ones
    nn::LayerOptions output;               ///< its kind comes from the target, unless `output_given`
    bool output_given = false;             ///< units 0: as many as the target needs
    std::string cost = "auto";

    // training
    nn::TrainerOptions trainer;
    std::uint64_t batch = 32;
    double rate = 0.001;
    nn::RateSchedule rate_schedule;
    nn::MomentumSchedule momentum;
    std::uint64_t schedule_offset = 0;
    nn::StopOptions stop;
    std::string monitor = "auto";
    std::uint64_t restarts = 1;
    double time_budget = 0;  ///< seconds; 0: any
    std::uint64_t seed = 1;
    nn::Seed weight_seed;  ///< empty: of `seed`
    nn::Seed shuffle_seed;
    bool in_double = false;

    /// Every setting as it was resolved, in the order of learn::settings, for the model file.
    std::vector<std::pair<std::string, std::string>> resolved;
};

/// Makes options of settings. Errors: Fault::usage, with the place where the setting was given.
Options resolve(const Values& values);

}  // namespace bradawl::learn
