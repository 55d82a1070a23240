#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bradawl::finance {

/// One row of a table: a value an asset, NaN where there is none.
struct Row {
    std::span<const double> values;  ///< valid until the next row is asked for
    std::string_view label;          ///< its date, or whatever stands there; may be empty
    std::uint64_t line = 0;          ///< in the input, from 1
};

/// Rows of values by asset, in the order of the input.
class RowSource {
public:
    virtual ~RowSource() = default;

    /// The assets' names; they do not change.
    virtual const std::vector<std::string>& names() const = 0;

    /// The next row; false at the end. Errors: Fault::data, as `prices.csv:1042:7: SMI: 'x7676.3' is not a number`.
    virtual bool next(Row& row) = 0;

    /// Whether the next row would have to be waited for.
    virtual bool idle() { return false; }

    /// Whether rows have dates or other labels.
    virtual bool labelled() const = 0;

    /// What was found out about the input, for the audit: `separator ';'`.
    virtual const std::vector<std::string>& findings() const = 0;
};

}  // namespace bradawl::finance
