#pragma once

#include "finance/options.hpp"
#include "math/matrix.hpp"

namespace bradawl::finance {

/// A covariance after the check.
struct PsdResult {
    math::Matrix covariance;  ///< as given, where nothing had to be mended; the variances are always as given
    /// The smallest eigenvalue of the correlation that was given: below zero when it was not positive semidefinite; 0
    /// for one that rounding alone puts below; NaN for a positive definite one, for which none was looked for.
    double smallest;
    bool repaired;
};

/// Holds `covariance` against `treatment`. An asset without variance counts as one that correlates with nothing.
/// Errors: Fault::data under Psd::fail when an eigenvalue is below zero, and for a variance that is negative or NaN.
PsdResult positive_semidefinite(const math::Matrix& covariance, Psd treatment);

}  // namespace bradawl::finance
