#pragma once

#include <cstddef>
#include <span>

#include "math/matrix.hpp"

namespace bradawl::math {

/// How many rows at a time are best given to the functions below: few enough for the second cache, and for one pass
/// over the sums.
inline constexpr std::size_t gram_rows = 256;

// With many columns both use what the processor has (AVX2 and FMA, when the machine knows them); with few, the last
// bits are the same on every machine.

/// Adds X'X to the lower triangle of `sum`; X is what `rows` holds, row by row, with as many columns as `sum`.
void add_gram(std::span<const double> rows, Matrix& sum);

/// Adds X'Y to `sum`; X and Y have as many columns as `sum`, and as many rows as each other.
void add_cross(std::span<const double> x_rows, std::span<const double> y_rows, Matrix& sum);

}  // namespace bradawl::math
