#pragma once

#include <vector>

#include "finance/options.hpp"
#include "math/matrix.hpp"

namespace bradawl::finance {

/// A covariance, and how far it was moved towards its target.
struct Estimate {
    math::Matrix covariance;
    double intensity;  ///< from 0 to 1; NaN where there is none
};

/// The covariance of `returns` (T rows without gaps, a column an asset) by `estimator`. `ddof` counts for `sample` and
/// for the variances that `denoise` keeps; all others have a divisor of their own.
/// Errors: Fault::data for fewer than two rows or no more than `ddof`, for an asset without variance where a
/// correlation is needed (lw_cc, denoise), and for returns of which some are sums of others where that cannot be (qis).
Estimate estimate(Estimator estimator, const math::Matrix& returns, int ddof);

/// The sample covariance: (X - mean)'(X - mean) / (T - ddof), in one pass over blocks of centred rows. The variance of
/// what never changes is exactly 0. Errors: as for estimate.
math::Matrix covariance(const math::Matrix& returns, int ddof);

/// The correlation that belongs to `covariance`, with a diagonal of exact ones.
/// Errors: Fault::data for an asset whose variance is not above zero.
math::Matrix correlation_of(const math::Matrix& covariance);

/// The square roots of the diagonal.
std::vector<double> deviations_of(const math::Matrix& covariance);

}  // namespace bradawl::finance
