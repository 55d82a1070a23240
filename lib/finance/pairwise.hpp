#pragma once

#include "math/matrix.hpp"

namespace bradawl::finance {

/// A covariance, each of whose elements comes from the rows that have both assets.
struct PairwiseCovariance {
    math::Matrix covariance;  ///< not always positive semidefinite
    math::Matrix counts;      ///< rows that have both
};

/// The covariance of `returns` (T rows, a column an asset, NaN for a gap) over the rows that two assets have in common,
/// around their means in these rows, over their number - ddof, as pandas and R have it.
/// Errors: Fault::data for two assets that have fewer than two rows in common, or no more than `ddof`.
PairwiseCovariance pairwise_covariance(const math::Matrix& returns, int ddof);

}  // namespace bradawl::finance
