#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "finance/moments.hpp"
#include "finance/shrinkage.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {
namespace {

using math::Matrix;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The eigenvalues after quadratic-inverse shrinkage; `inverses` are 1/λ of those that are not null.
std::vector<double> shrunk(std::span<const double> inverses, std::size_t assets, double n) {
    const double c = static_cast<double>(assets) / n;
    const double h = std::pow(std::min(c * c, 1 / (c * c)), 0.35) / std::pow(static_cast<double>(assets), 0.35);
    const auto count = static_cast<double>(inverses.size());
    std::vector<double> values;
    if (assets > inverses.size()) {
        const double mean = std::accumulate(inverses.begin(), inverses.end(), 0.0) / count;
        values.assign(assets - inverses.size(), 1 / ((c - 1) * mean));
    }
    for (const double inverse : inverses) {
        double stein = 0;
        double conjugate = 0;
        for (const double other : inverses) {
            const double away = other - inverse;
            const double weight = other / (away * away + other * other * h * h);
            stein += weight * away;
            conjugate += weight * other * h;
        }
        stein /= count;
        conjugate /= count;
        const double amplitude = stein * stein + conjugate * conjugate;
        const double square = c <= 1 ? (1 - c) * (1 - c) + 2 * c * (1 - c) * stein + c * c * amplitude : amplitude;
        values.push_back(1 / (inverse * square));
    }
    return values;
}

/// The mean of the eigenvalues of a correlation that are noise, by their count: those at or below the edge of Marchenko
/// and Pastur that their own mean gives, found anew until they stay the same.
std::size_t noise_count(std::span<const double> values, double ratio) {
    const double edge = (1 + std::sqrt(ratio)) * (1 + std::sqrt(ratio));
    double mean = 1;
    std::size_t count = values.size();
    for (;;) {
        std::size_t now = 0;
        while (now < count && values[now] <= mean * edge)
            ++now;
        if (now == 0 || now == count) return count;
        count = now;
        mean = std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(now), 0.0) /
               static_cast<double>(now);
    }
}

}  // namespace

Estimate shrink_quadratically(const Matrix& returns) {
    const Matrix sample = covariance(returns, 1);
    math::Eigenpairs pairs = math::eigenpairs(sample);
    const std::size_t assets = pairs.values.size();
    const std::size_t held = std::min(assets, returns.rows - 1);
    for (double& value : pairs.values)
        value = std::max(value, 0.0);
    std::vector<double> inverses(pairs.values.end() - static_cast<std::ptrdiff_t>(held), pairs.values.end());
    if (!(inverses.front() > math::rounding_of_eigenvalues(assets, inverses.back()))) {
        throw Error(Fault::data, "quadratic-inverse shrinkage needs returns that are no sums of others",
                    "leave out assets that never change or that repeat others, or use another estimator");
    }
    for (double& value : inverses)
        value = 1 / value;
    std::vector<double> values = shrunk(inverses, assets, static_cast<double>(returns.rows) - 1);
    const double before = std::accumulate(pairs.values.begin(), pairs.values.end(), 0.0);
    const double after = std::accumulate(values.begin(), values.end(), 0.0);
    for (double& value : values)
        value *= before / after;
    return {math::recompose(pairs.vectors, values), none};
}

Estimate denoise(const Matrix& returns, int ddof) {
    const Matrix sample = covariance(returns, ddof);
    math::Eigenpairs pairs = math::eigenpairs(correlation_of(sample));
    const double ratio = static_cast<double>(returns.columns) / static_cast<double>(returns.rows);
    const auto noise = static_cast<std::ptrdiff_t>(noise_count(pairs.values, ratio));
    const auto end = pairs.values.begin() + noise;
    std::fill(pairs.values.begin(), end, std::accumulate(pairs.values.begin(), end, 0.0) / static_cast<double>(noise));
    return {rescaled(correlation_of(math::recompose(pairs.vectors, pairs.values)), sample), none};
}

}  // namespace bradawl::finance
