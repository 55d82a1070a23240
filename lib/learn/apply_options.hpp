#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "table/options.hpp"

namespace bradawl::learn {

/// What to do with a row that cannot be read or has a value that the model does not know.
enum class OnError { fail, skip, null };

/// How a model is applied to rows.
struct ApplyOptions {
    std::map<std::string, std::string> names;  ///< columns that the input calls otherwise: by the model's name
    OnError on_error = OnError::fail;
    bool with_target = false;  ///< the rows hold the target too
    bool keep_source = false;  ///< rows keep the bytes they were read from
    std::string kernels;       ///< by name; empty: the fastest
};

/// What is printed of each row.
struct PredictOptions {
    enum class Out { label, prob, all, append };

    Out out = Out::prob;
    table::Format format = table::Format::automatic;  ///< automatic: that of the input
    std::uint64_t top = 0;                            ///< so many of the likeliest classes; 0: no list
    std::uint64_t digits = 6;                         ///< decimals of probabilities
    bool header = true;
};

/// What is shown of a model.
enum class Shown { summary, weights, config, history, json };

}  // namespace bradawl::learn
