#include <algorithm>
#include <cmath>
#include <numeric>

#include "finance/moments.hpp"
#include "finance/shrinkage.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {
namespace {

using math::Matrix;

double squared(double x) {
    return x * x;
}

double squared_norm(const Matrix& matrix) {
    return math::dot(matrix.data, matrix.data);
}

double trace(const Matrix& matrix) {
    double sum = 0;
    for (std::size_t asset = 0; asset < matrix.rows; ++asset)
        sum += matrix(asset, asset);
    return sum;
}

double squared_distance(const Matrix& left, const Matrix& right) {
    double sum = 0;
    for (std::size_t at = 0; at < left.data.size(); ++at)
        sum += squared(left.data[at] - right.data[at]);
    return sum;
}

/// The centred returns and what all targets need of them.
struct Centred {
    explicit Centred(const Matrix& all)
        : returns(all), means(column_means(all)), sample(centred_products(all, means)) {}

    /// From sums of products to a covariance.
    void divide(double by) {
        n = by;
        for (double& value : sample.data)
            value /= by;
    }

    /// Calls `visit` with one centred row after the other.
    template <typename Visit>
    void each_row(Visit visit) const {
        const std::size_t columns = returns.columns;
        each_centred_block(returns, means, [&](std::span<const double> rows) {
            for (; !rows.empty(); rows = rows.subspan(columns))
                visit(rows.first(columns));
        });
    }

    const Matrix& returns;
    Means means;
    Matrix sample;
    double n = 0;
};

// Every sum over pairs of assets of a sum over rows is taken the other way about: Σ_ij Σ_t f(t,i) g(t,j) is
// Σ_t (Σ_i f) (Σ_j g), which needs no product of matrices.

/// Σ_ij π_ij and Σ_i π_ii, where π = (X∘X)'(X∘X)/n - S∘S.
struct Noise {
    double all;
    double diagonal;
};

Noise noise_of(const Centred& x) {
    double all = 0;
    double diagonal = 0;
    x.each_row([&](std::span<const double> row) {
        double squares = 0;
        double fourths = 0;
        for (const double value : row) {
            const double square = value * value;
            squares += square;
            fourths += square * square;
        }
        all += squares * squares;
        diagonal += fourths;
    });
    double variances = 0;
    for (std::size_t asset = 0; asset < x.sample.rows; ++asset)
        variances += squared(x.sample(asset, asset));
    return {all / x.n - squared_norm(x.sample), diagonal / x.n - variances};
}

/// δF + (1 - δ)S with δ = (π - ρ) / γ / n within 0 and 1.
Estimate towards(const Matrix& target, const Centred& x, double pi_less_rho) {
    const double gamma = squared_distance(x.sample, target);
    const double intensity = gamma > 0 ? std::clamp(pi_less_rho / gamma / x.n, 0.0, 1.0) : 0;
    Estimate result{target, intensity};
    for (std::size_t at = 0; at < target.data.size(); ++at) {
        result.covariance.data[at] = intensity * target.data[at] + (1 - intensity) * x.sample.data[at];
    }
    return result;
}

Matrix identity_target(const Matrix& sample) {
    Matrix target(sample.rows, sample.rows);
    const double mean = trace(sample) / static_cast<double>(sample.rows);
    for (std::size_t asset = 0; asset < sample.rows; ++asset)
        target(asset, asset) = mean;
    return target;
}

Estimate towards_diagonal(const Centred& x) {
    Matrix target(x.sample.rows, x.sample.rows);
    for (std::size_t asset = 0; asset < x.sample.rows; ++asset)
        target(asset, asset) = x.sample(asset, asset);
    const Noise pi = noise_of(x);
    return towards(target, x, pi.all - pi.diagonal);
}

Estimate towards_constant_correlation(const Centred& x) {
    const std::size_t count = x.sample.rows;
    const auto assets = static_cast<double>(count);
    const Matrix correlation = correlation_of(x.sample);
    const double sum = std::accumulate(correlation.data.begin(), correlation.data.end(), 0.0);
    const double mean = count > 1 ? (sum - assets) / (assets * (assets - 1)) : 0;
    const std::vector<double> deviations = deviations_of(x.sample);
    Matrix target(count, count);
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t column = 0; column < count; ++column) {
            target(row, column) = mean * (deviations[row] * deviations[column]);
        }
        target(row, row) = x.sample(row, row);
    }
    // Σ_ij (σj/σi) θ_ij over all pairs, where θ = (X³)'X/n - diag(S) S; its diagonal is that of π.
    double theta = 0;
    x.each_row([&](std::span<const double> row) {
        double cubes = 0;
        double values = 0;
        for (std::size_t asset = 0; asset < count; ++asset) {
            cubes += row[asset] * row[asset] * row[asset] / deviations[asset];
            values += row[asset] * deviations[asset];
        }
        theta += cubes * values;
    });
    theta = theta / x.n - math::dot(deviations, math::product(x.sample, deviations));
    const Noise pi = noise_of(x);
    return towards(target, x, pi.all - pi.diagonal - mean * (theta - pi.diagonal));
}

/// The sums of towards_market over rows, m being a row's mean, b the covariances with it.
struct MarketSums {
    double squares_market = 0;  ///< Σ (Σ x²) m (Σ b x)
    double cubes_market = 0;    ///< Σ m Σ b x³
    double both = 0;            ///< Σ m² (Σ b x)²
    double both_diagonal = 0;   ///< Σ m² Σ b² x²

    void add(std::span<const double> row, std::span<const double> b) {
        double market = 0;
        double squares = 0;
        double along = 0;
        double cubes = 0;
        double weighted = 0;
        for (std::size_t asset = 0; asset < row.size(); ++asset) {
            const double value = row[asset];
            const double scaled = b[asset] * value;
            market += value;
            squares += value * value;
            along += scaled;
            cubes += scaled * value * value;
            weighted += scaled * scaled;
        }
        market /= static_cast<double>(row.size());
        squares_market += squares * market * along;
        cubes_market += market * cubes;
        both += squared(market * along);
        both_diagonal += squared(market) * weighted;
    }
};

Estimate towards_market(const Centred& x) {
    const std::size_t count = x.sample.rows;
    std::vector<double> b(count);  // X'm/n
    for (std::size_t asset = 0; asset < count; ++asset) {
        const auto row = x.sample.row(asset);
        b[asset] = std::accumulate(row.begin(), row.end(), 0.0) / static_cast<double>(count);
    }
    const double v = std::accumulate(b.begin(), b.end(), 0.0) / static_cast<double>(count);  // m'm/n
    const Noise pi = noise_of(x);
    if (!(v > 0)) return towards_diagonal(x);
    Matrix target(count, count);
    double diagonal = 0;  // Σ b² S_ii
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t column = 0; column < count; ++column)
            target(row, column) = b[row] * b[column] / v;
        target(row, row) = x.sample(row, row);
        diagonal += squared(b[row]) * x.sample(row, row);
    }
    MarketSums sums;
    x.each_row([&](std::span<const double> row) { sums.add(row, b); });
    const double along = math::dot(b, math::product(x.sample, b)) - diagonal;  // Σ_{i≠j} b S b
    const double first = (sums.squares_market - sums.cubes_market) / x.n - along;
    const double third = (sums.both - sums.both_diagonal) / x.n - v * along;
    return towards(target, x, pi.all - pi.diagonal - 2 * first / v + third / squared(v));
}

/// Of formula 23 of Chen et al. for `paper`; scikit-learn drops what falls with 1/N.
Estimate approximate_oracle(const Centred& x, bool paper) {
    const auto assets = static_cast<double>(x.sample.rows);
    const double dropped = paper ? 2 / assets : 0;
    const double squares = squared_norm(x.sample);
    const double square = squared(trace(x.sample));
    const double above = (1 - dropped) * squares + square;
    const double below = (x.n + 1 - dropped) * (squares - square / assets);
    Estimate result{identity_target(x.sample), below > 0 ? std::min(above / below, 1.0) : 1};
    for (std::size_t at = 0; at < x.sample.data.size(); ++at) {
        double& value = result.covariance.data[at];
        value = result.intensity * value + (1 - result.intensity) * x.sample.data[at];
    }
    return result;
}

}  // namespace

Estimate shrink_linearly(Estimator estimator, const Matrix& returns) {
    Centred x(returns);
    const bool all_rows =
        estimator == Estimator::lw_sklearn || estimator == Estimator::oas || estimator == Estimator::oas_sklearn;
    x.divide(static_cast<double>(returns.rows) - (all_rows ? 0 : 1));
    switch (estimator) {
        case Estimator::lw_cc:
            return towards_constant_correlation(x);
        case Estimator::lw_market:
            return towards_market(x);
        case Estimator::lw_diag:
            return towards_diagonal(x);
        case Estimator::oas:
        case Estimator::oas_sklearn:
            return approximate_oracle(x, estimator == Estimator::oas);
        default:  // scikit-learn's differs by its divisor alone
            return towards(identity_target(x.sample), x, noise_of(x).all);
    }
}

}  // namespace bradawl::finance
