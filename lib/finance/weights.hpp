#pragma once

#include <string>
#include <utility>
#include <vector>

#include "finance/options.hpp"

namespace bradawl::finance {

/// A portfolio over columns of a table.
struct Weights {
    std::vector<std::size_t> columns;  ///< of the table, in its order
    std::vector<double> values;        ///< of each of them; of holdings, numbers of shares
    bool are_shares = false;
    std::string why;  ///< for the audit: `equal`, `given`
    bool assumed = false;
};

/// Reads the options and finds the assets among the table's names. `CASH` is an asset of no return that needs no
/// column. Errors: Fault::usage for what is no list; Fault::data for an unknown asset or a sum that is not 1.
Weights resolve_weights(const WeightOptions& options, const std::vector<std::string>& names,
                        const std::string& benchmark);

}  // namespace bradawl::finance
