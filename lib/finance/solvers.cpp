#include "finance/solvers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/error.hpp"
#include "finance/active_set.hpp"
#include "finance/estimators.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {
namespace {

using math::Matrix;

constexpr double share_tolerance = 1e-12;
constexpr int most_sweeps = 20'000;

double sum_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> to_sum_one(std::vector<double> values) {
    const double sum = sum_of(values);
    for (double& value : values)
        value /= sum;
    return values;
}

std::vector<double> budgets_of(std::span<const double> budgets, const Matrix& covariance) {
    if (budgets.empty()) return to_sum_one(std::vector<double>(covariance.rows, 1.0));
    if (budgets.size() != covariance.rows) {
        throw Error(Fault::data, fmt::format("{} risk budgets for {} assets", budgets.size(), covariance.rows));
    }
    for (const double budget : budgets) {
        if (!(budget >= 0 && std::isfinite(budget))) {
            throw Error(Fault::data, fmt::format("{} is no risk budget", budget));
        }
    }
    if (!(sum_of(budgets) > 0)) throw Error(Fault::data, "no risk budget is above zero");
    return to_sum_one({budgets.begin(), budgets.end()});
}

/// The farthest that a share of risk is from its budget.
double farthest(const std::vector<double>& x, const std::vector<double>& with, const std::vector<double>& budgets) {
    const double variance = math::dot(x, with);
    double most = 0;
    for (std::size_t asset = 0; asset < x.size(); ++asset) {
        most = std::max(most, std::abs(x[asset] * with[asset] / variance - budgets[asset]));
    }
    return variance > 0 ? most : 1;
}

/// One coordinate after the other to the minimum of ½x'Rx - Σ b ln x; `with` is Rx, and kept so.
void sweep(const Matrix& correlation, const std::vector<double>& budgets, std::vector<double>& x,
           std::vector<double>& with) {
    for (std::size_t asset = 0; asset < x.size(); ++asset) {
        if (budgets[asset] == 0) continue;
        const double rest = with[asset] - x[asset];
        const double discriminant = std::sqrt(rest * rest + 4 * budgets[asset]);
        // The same root written so that nothing cancels.
        const double next = rest > 0 ? 2 * budgets[asset] / (rest + discriminant) : (discriminant - rest) / 2;
        const double change = next - x[asset];
        x[asset] = next;
        const double* const row = correlation.data.data() + asset * x.size();
        for (std::size_t other = 0; other < x.size(); ++other)
            with[other] += change * row[other];
    }
}

}  // namespace

std::vector<double> minimum_variance(const Matrix& covariance) {
    return to_sum_one(math::solve(covariance, std::vector<double>(covariance.rows, 1.0)));
}

std::vector<double> minimum_variance(const Matrix& covariance, Bounds bounds) {
    return ActiveSet(covariance, bounds).solve();
}

std::vector<double> risk_parity(const Matrix& covariance, std::span<const double> wanted) {
    const std::vector<double> budgets = budgets_of(wanted, covariance);
    const std::vector<double> deviations = deviations_of(covariance);
    for (std::size_t asset = 0; asset < budgets.size(); ++asset) {
        if (budgets[asset] > 0 && !(deviations[asset] > 0)) {
            throw Error(Fault::data, fmt::format("asset {} has a risk budget but no variance", asset + 1));
        }
    }
    // With assets scaled to unit risk; what has no budget stays 0.
    Matrix correlation(covariance.rows, covariance.rows);
    for (std::size_t row = 0; row < covariance.rows; ++row) {
        for (std::size_t column = 0; column < covariance.rows; ++column) {
            const double scale = deviations[row] * deviations[column];
            correlation(row, column) = row == column ? 1 : scale > 0 ? covariance(row, column) / scale : 0;
        }
    }
    std::vector<double> x(budgets.size());
    for (std::size_t asset = 0; asset < x.size(); ++asset)
        x[asset] = std::sqrt(budgets[asset]);
    for (int round = 0; round < most_sweeps; ++round) {
        std::vector<double> with = math::product(correlation, x);
        if (farthest(x, with, budgets) <= share_tolerance) {
            for (std::size_t asset = 0; asset < x.size(); ++asset) {
                x[asset] = budgets[asset] > 0 ? x[asset] / deviations[asset] : 0;
            }
            return to_sum_one(std::move(x));
        }
        sweep(correlation, budgets, x, with);
    }
    throw Error(Fault::data, "the shares of risk do not settle: is the covariance positive semidefinite?");
}

std::vector<double> maximum_diversification(const Matrix& covariance, bool long_only) {
    const Matrix correlation = correlation_of(covariance);
    std::vector<double> weights = long_only ? minimum_variance(correlation, Bounds{}) : minimum_variance(correlation);
    const std::vector<double> deviations = deviations_of(covariance);
    for (std::size_t asset = 0; asset < weights.size(); ++asset)
        weights[asset] /= deviations[asset];
    if (!(sum_of(weights) > 0)) {
        throw Error(Fault::data,
                    "the weights of the greatest diversification ratio cannot sum to 1: they are short on the whole");
    }
    return to_sum_one(std::move(weights));
}

std::vector<double> inverse_volatility(const Matrix& covariance) {
    std::vector<double> weights = deviations_of(covariance);
    for (std::size_t asset = 0; asset < weights.size(); ++asset) {
        if (!(weights[asset] > 0)) {
            throw Error(Fault::data, fmt::format("asset {} has no variance, so no inverse of it", asset + 1));
        }
        weights[asset] = 1 / weights[asset];
    }
    return to_sum_one(std::move(weights));
}

}  // namespace bradawl::finance
