#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/stop.hpp"
#include "learn/dataset.hpp"
#include "learn/model.hpp"
#include "learn/options.hpp"
#include "learn/split.hpp"

namespace bradawl::learn {

/// What is known after an epoch. Scores are over all rows of a set exactly, in the units of the target.
struct EpochRecord {
    std::uint64_t epoch = 0;
    double rate = 0;
    double momentum = 0;
    nn::Scores train;
    nn::Scores valid;
    double penalty = 0;  ///< what l2 and l1 add to the cost
    double gradient_norm = 0;
    double weight_norm = 0;
    double update_ratio = 0;  ///< how far the weights moved in the epoch, by their norm
    double rows_a_second = 0;
    double elapsed = 0;  ///< seconds
    bool best = false;
    std::uint64_t best_epoch = 0;
    std::uint64_t patience_left = 0;
    bool whole = false;  ///< else only what training itself needs is there
};

/// Where the batch stands whose cost was no number any more.
struct Divergence {
    std::uint64_t epoch;
    std::uint64_t batch;
    std::string column;  ///< of the largest number that the network was given
    double size;         ///< that number
};

/// Who hears of a training while it runs.
class Watcher {
public:
    virtual ~Watcher() = default;
    /// Whether the record of the next epoch is to be whole, which costs another pass over the rows learnt from.
    virtual bool listens() = 0;
    virtual void epoch(const EpochRecord& record) = 0;
    virtual void diverged(const Divergence& divergence) = 0;
    virtual void found(const std::string& what) = 0;
};

/// How a training runs, apart from what it computes.
struct Running {
    const Clock& clock;
    const Stop& stop;
    std::size_t threads = 1;
    std::string kernels;     ///< by name; empty: the fastest
    std::string checkpoint;  ///< file to go on from and to keep; empty: none
    bool keep_history = false;
};

/// What came out.
struct Fitted {
    Model model;       ///< of the best epoch
    double value = 0;  ///< what was monitored, in the best epoch; less is better
    bool diverged = false;
    bool interrupted = false;
};

/// Trains a network on the rows of `sets.train`. The model depends on the data, the sets and the options alone.
/// Errors: Fault::data for values that no feature allows, Fault::usage for options that do not fit the data or the
/// checkpoint.
Fitted fit(const Dataset& data, const Sets& sets, const Options& options, const Running& running, Watcher& watcher);

/// The scores of an epoch as a JSON object on one line.
std::string to_json(const EpochRecord& record, bool classification);

}  // namespace bradawl::learn
