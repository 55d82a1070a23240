#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "math/gram.hpp"
#include "math/matrix.hpp"

namespace bradawl::finance {

/// The means of the columns, each the sum of a double near it and of what is left: far from zero one double does not
/// hold enough of a mean.
struct Means {
    explicit Means(std::size_t columns) : near(columns), rest(columns) {}

    std::vector<double> near;
    std::vector<double> rest;
};

/// The means of the columns, of two passes: for a column that never changes, near + rest is exactly its value.
Means column_means(const math::Matrix& returns);

/// Calls `visit` with a block of centred rows after the other (std::span<const double>, row by row).
template <typename Visit>
void each_centred_block(const math::Matrix& returns, const Means& means, Visit visit) {
    const std::size_t columns = returns.columns;
    std::vector<double> block(std::min(math::gram_rows, returns.rows) * columns);
    for (std::size_t first = 0; first < returns.rows; first += math::gram_rows) {
        const std::size_t count = std::min(math::gram_rows, returns.rows - first);
        for (std::size_t row = 0; row < count; ++row) {
            const double* const from = returns.data.data() + (first + row) * columns;
            double* const to = block.data() + row * columns;
            for (std::size_t column = 0; column < columns; ++column)
                to[column] = (from[column] - means.near[column]) - means.rest[column];
        }
        visit(std::span<const double>(block.data(), count * columns));
    }
}

/// The sums of products of the centred columns, both triangles.
math::Matrix centred_products(const math::Matrix& returns, const Means& means);

/// The covariance with another correlation; the diagonal stays that of `covariance`.
math::Matrix rescaled(const math::Matrix& correlation, const math::Matrix& covariance);

/// Errors: Fault::data unless there is an asset, and more rows than both `ddof` and one.
void demand_rows(const math::Matrix& returns, int ddof);

}  // namespace bradawl::finance
