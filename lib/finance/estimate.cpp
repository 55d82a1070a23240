#include <algorithm>
#include <limits>

#include "finance/moments.hpp"
#include "finance/shrinkage.hpp"

namespace bradawl::finance {
namespace {

using math::Matrix;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Estimate semicovariance(const Matrix& returns) {
    Matrix losses(returns.rows, returns.columns);
    for (std::size_t at = 0; at < losses.data.size(); ++at)
        losses.data[at] = std::min(returns.data[at], 0.0);
    Matrix result = centred_products(losses, Means(returns.columns));
    for (double& value : result.data)
        value /= static_cast<double>(returns.rows);
    return {std::move(result), none};
}

}  // namespace

Estimate estimate(Estimator estimator, const Matrix& returns, int ddof) {
    demand_rows(returns, estimator == Estimator::sample || estimator == Estimator::denoise ? ddof : 0);
    switch (estimator) {
        case Estimator::sample:
            return {covariance(returns, ddof), none};
        case Estimator::qis:
            return shrink_quadratically(returns);
        case Estimator::denoise:
            return denoise(returns, ddof);
        case Estimator::semi:
            return semicovariance(returns);
        default:
            return shrink_linearly(estimator, returns);
    }
}

}  // namespace bradawl::finance
