#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "learn/fit.hpp"

namespace bradawl::learn {

/// What one fold came to: the scores of the rows that it kept out.
struct FoldResult {
    std::uint64_t round;  ///< from 1
    std::uint64_t fold;   ///< from 1
    std::uint64_t epochs;
    bool diverged;
    nn::Scores test;
};

/// Trains on all folds but one, `rounds` times with other folds, and tells `each` of every one. Ends early when a stop
/// is asked for. Errors: as for fit().
std::vector<FoldResult> cross_validate(const Dataset& data, const Options& options, std::uint64_t folds,
                                       std::uint64_t rounds, const Running& running, Watcher& watcher,
                                       const std::function<void(const FoldResult&)>& each);

/// A line of JSON, with its end.
std::string to_json(const FoldResult& result, bool classification);

/// Averages and standard deviations (n - 1) over the folds, as a line of JSON and for people.
std::string summary_json(const std::vector<FoldResult>& results, bool classification);
std::string summary_table(const std::vector<FoldResult>& results, bool classification);

/// An average by its name, such as `accuracy`; nothing when there is none.
std::optional<double> figure_of(const std::vector<FoldResult>& results, bool classification, const std::string& name);

}  // namespace bradawl::learn
