#include "finance/psd.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "finance/estimators.hpp"
#include "finance/moments.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {
namespace {

using math::Matrix;

constexpr double lowest_eigenvalue = 1e-13;
constexpr int most_projections = 2000;

void unit_diagonal(Matrix& matrix) {
    for (std::size_t asset = 0; asset < matrix.rows; ++asset)
        matrix(asset, asset) = 1;
}

/// As correlation_of, but an asset without variance correlates with nothing.
Matrix forgiving_correlation(const Matrix& covariance) {
    Matrix dressed = covariance;
    for (std::size_t asset = 0; asset < covariance.rows; ++asset) {
        const double variance = covariance(asset, asset);
        if (!(variance >= 0)) {
            throw Error(Fault::data, fmt::format("the variance of asset {} is {}", asset + 1, variance));
        }
        if (variance > 0) continue;
        for (std::size_t other = 0; other < covariance.rows; ++other) {
            dressed(asset, other) = dressed(other, asset) = asset == other ? 1 : 0;
        }
    }
    return correlation_of(dressed);
}

/// V max(Λ, floor) V'.
Matrix raised(math::Eigenpairs pairs, double floor) {
    for (double& value : pairs.values)
        value = std::max(value, floor);
    return math::recompose(pairs.vectors, pairs.values);
}

double squared_norm(std::span<const double> values) {
    return math::dot(values, values);
}

/// Between the positive semidefinite matrices and those of unit diagonal, to and fro.
Matrix nearest_correlation(const Matrix& correlation) {
    Matrix y = correlation;
    Matrix x;
    std::vector<double> correction(y.data.size());
    for (int round = 0; round < most_projections; ++round) {
        Matrix moved = y;
        for (std::size_t at = 0; at < y.data.size(); ++at)
            moved.data[at] -= correction[at];
        x = raised(math::eigenpairs(moved), 0);
        double away = 0;
        for (std::size_t at = 0; at < y.data.size(); ++at)
            correction[at] = x.data[at] - moved.data[at];
        y = x;
        unit_diagonal(y);
        for (std::size_t asset = 0; asset < y.rows; ++asset) {
            away += (x(asset, asset) - 1) * (x(asset, asset) - 1);
        }
        if (away <= 1e-28 * squared_norm(y.data)) break;
    }
    return correlation_of(x);
}

}  // namespace

PsdResult positive_semidefinite(const Matrix& covariance, Psd treatment) {
    const Matrix correlation = forgiving_correlation(covariance);
    PsdResult result{covariance, std::numeric_limits<double>::quiet_NaN(), false};
    if (math::is_positive_definite(correlation)) return result;
    const std::vector<double> values = math::eigenvalues(correlation);
    result.smallest = values.front();
    if (result.smallest >= -math::rounding_of_eigenvalues(values.size(), values.back())) {
        result.smallest = std::max(result.smallest, 0.0);
        return result;
    }
    switch (treatment) {
        case Psd::check:
            break;
        case Psd::fail:
            throw Error(Fault::data,
                        fmt::format("the covariance is not positive semidefinite (smallest eigenvalue {:.2g})",
                                    result.smallest),
                        "--psd higham repairs it");
        case Psd::clip:
            result.repaired = true;
            result.covariance =
                rescaled(correlation_of(raised(math::eigenpairs(correlation), lowest_eigenvalue)), covariance);
            break;
        case Psd::higham:
            result.repaired = true;
            result.covariance = rescaled(nearest_correlation(correlation), covariance);
            break;
    }
    return result;
}

}  // namespace bradawl::finance
