#include "finance/risk.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "core/error.hpp"
#include "finance/estimators.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {
namespace {

using math::Matrix;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double root(double variance) {
    return std::sqrt(std::max(variance, 0.0));  // rounding alone makes it negative
}

}  // namespace

double volatility(std::span<const double> weights, const Matrix& covariance) {
    return root(math::dot(weights, math::product(covariance, weights)));
}

Contributions contributions_from(std::span<const double> weights, std::span<const double> with_portfolio) {
    const double variance = math::dot(weights, with_portfolio);
    const double s = root(variance);
    Contributions result{s, {}, {}, {}, {}};
    for (std::size_t asset = 0; asset < weights.size(); ++asset) {
        const double shared = s > 0 ? with_portfolio[asset] : none;
        result.marginal.push_back(shared / s);
        result.component.push_back(weights[asset] * shared / s);
        result.share.push_back(weights[asset] * shared / variance);
        result.beta.push_back(shared / variance);
    }
    return result;
}

Contributions contributions(std::span<const double> weights, const Matrix& covariance) {
    return contributions_from(weights, math::product(covariance, weights));
}

double diversification_ratio(std::span<const double> weights, const Matrix& covariance) {
    return math::dot(weights, deviations_of(covariance)) / volatility(weights, covariance);
}

double implied_correlation(std::span<const double> weights, const Matrix& covariance) {
    const std::vector<double> deviations = deviations_of(covariance);
    // Σ_{i≠j} w w S against Σ_{i≠j} w w σ σ, each summed without what cancels.
    double above = 0;
    double below = 0;
    for (std::size_t row = 0; row < weights.size(); ++row) {
        for (std::size_t column = 0; column < row; ++column) {
            const double both = weights[row] * weights[column];
            above += both * covariance(row, column);
            below += both * deviations[row] * deviations[column];
        }
    }
    return below != 0 ? above / below : none;
}

double mean_correlation(const Matrix& covariance) {
    const Matrix correlation = correlation_of(covariance);
    double sum = 0;
    for (std::size_t row = 0; row < correlation.rows; ++row) {
        for (std::size_t column = 0; column < row; ++column)
            sum += correlation(row, column);
    }
    const auto assets = static_cast<double>(correlation.rows);
    return correlation.rows > 1 ? sum / (assets * (assets - 1) / 2) : none;
}

double effective_number(std::span<const double> weights) {
    return 1 / math::dot(weights, weights);
}

std::vector<double> incremental_risk(std::span<const double> weights, const Matrix& covariance) {
    const std::vector<double> with = math::product(covariance, weights);
    const double variance = math::dot(weights, with);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> result;
    for (std::size_t asset = 0; asset < weights.size(); ++asset) {
        const double weight = weights[asset];
        const double left = sum - weight;
        const double without = variance - 2 * weight * with[asset] + weight * weight * covariance(asset, asset);
        result.push_back(left != 0 ? root(variance) - root(without) * std::abs(sum / left) : none);
    }
    return result;
}

Matrix stress(const Matrix& covariance, double correlation_shift, double volatility_factor) {
    if (!(correlation_shift >= 0 && correlation_shift <= 1)) {
        throw Error(Fault::data,
                    fmt::format("correlations cannot move by {}: 0 to 1 of the way to 1", correlation_shift));
    }
    if (!(volatility_factor >= 0 && std::isfinite(volatility_factor))) {
        throw Error(Fault::data, fmt::format("volatilities cannot be multiplied by {}", volatility_factor));
    }
    const std::vector<double> deviations = deviations_of(covariance);
    const double factor = volatility_factor * volatility_factor;
    Matrix result = covariance;
    for (std::size_t row = 0; row < result.rows; ++row) {
        for (std::size_t column = 0; column < result.columns; ++column) {
            double& value = result(row, column);
            if (row != column) value += (deviations[row] * deviations[column] - value) * correlation_shift;
            value *= factor;
        }
    }
    return result;
}

}  // namespace bradawl::finance
