#pragma once

#include "finance/estimators.hpp"

namespace bradawl::finance {

// The two families behind estimate().

/// The estimators with a target: lw to oas_sklearn.
Estimate shrink_linearly(Estimator estimator, const math::Matrix& returns);

/// Quadratic-inverse shrinkage.
Estimate shrink_quadratically(const math::Matrix& returns);

/// The correlation without the noise of its small eigenvalues.
Estimate denoise(const math::Matrix& returns, int ddof);

}  // namespace bradawl::finance
