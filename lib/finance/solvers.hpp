#pragma once

#include <span>
#include <vector>

#include "math/matrix.hpp"

namespace bradawl::finance {

/// Between what a weight may lie.
struct Bounds {
    double low = 0;
    double high = 1;
};

// All give weights that sum to 1, in the order of the assets.

/// The weights of least variance, short ones among them: S⁻¹1 / 1'S⁻¹1.
/// Errors: Fault::data when the covariance is singular or not positive definite.
std::vector<double> minimum_variance(const math::Matrix& covariance);

/// The weights of least variance within `bounds`, by an active set. Errors: Fault::data when no weights within the
/// bounds sum to 1, and for a covariance that is not positive semidefinite so far as it was looked at.
std::vector<double> minimum_variance(const math::Matrix& covariance, Bounds bounds);

/// The positive weights whose shares of risk are as `budgets`, which are made to sum to 1; without any, all are equal
/// (Spinu 2013, by cyclical coordinates, until no share is off by more than 1e-12). A budget of 0 gives a weight of 0.
/// Errors: Fault::data for a negative budget, none above zero, an asset with a budget and without variance, and where
/// the shares do not settle, as those of an indefinite covariance need not.
std::vector<double> risk_parity(const math::Matrix& covariance, std::span<const double> budgets = {});

/// The weights of the greatest diversification ratio. Errors: as for minimum_variance, and for an asset without
/// variance.
std::vector<double> maximum_diversification(const math::Matrix& covariance, bool long_only);

/// Weights in proportion to 1/σ. Errors: Fault::data for an asset without variance.
std::vector<double> inverse_volatility(const math::Matrix& covariance);

}  // namespace bradawl::finance
