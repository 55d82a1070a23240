#pragma once

#include <span>

namespace bradawl::finance {

/// Whether some value of a row is missing, which is a NaN. A choice between doubles, unlike a branch or a count, is
/// what compilers make several at a time of.
inline bool has_gap(std::span<const double> row) {
    double gap = 0;
    for (const double value : row)
        gap = value != value ? 1.0 : gap;
    return gap != 0;
}

}  // namespace bradawl::finance
