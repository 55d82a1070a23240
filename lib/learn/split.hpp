#pragma once

#include <cstdint>
#include <vector>

#include "learn/dataset.hpp"
#include "learn/options.hpp"

namespace bradawl::learn {

/// Rows by the part they play, each in ascending order.
struct Sets {
    std::vector<std::uint32_t> train;
    std::vector<std::uint32_t> valid;
    std::vector<std::uint32_t> test;
};

/// Divides the rows as the options say. Errors: Fault::data when none are left to learn from.
Sets split_rows(const Dataset& data, const Options& options);

/// Divides the rows into `folds` parts of about the same classes, each once the test set of one division, where a tenth
/// of the rest is watched. `round`: another division by another number.
std::vector<Sets> fold_rows(const Dataset& data, const Options& options, std::size_t folds, std::uint64_t round);

}  // namespace bradawl::learn
