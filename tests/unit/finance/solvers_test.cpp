#include "finance/solvers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "eustock.hpp"
#include "finance/estimators.hpp"
#include "finance/risk.hpp"
#include "math/symmetric.hpp"

namespace {

using namespace bradawl::finance;
using bradawl::math::Matrix;

const Matrix& indices() {
    static const Matrix s = covariance(eustock_returns(), 1);
    return s;
}

// No exchange of a little weight between two assets that the bounds allow lowers the variance.
void expect_optimal(const std::vector<double>& weights, const Matrix& s, Bounds bounds) {
    const std::vector<double> slopes = bradawl::math::product(s, weights);
    double can_fall = -1e300;
    double can_rise = 1e300;
    for (std::size_t asset = 0; asset < weights.size(); ++asset) {
        EXPECT_GE(weights[asset], bounds.low);
        EXPECT_LE(weights[asset], bounds.high);
        if (weights[asset] > bounds.low) can_fall = std::max(can_fall, slopes[asset]);
        if (weights[asset] < bounds.high) can_rise = std::min(can_rise, slopes[asset]);
    }
    const std::vector<double> deviations = deviations_of(s);
    const double largest = *std::max_element(deviations.begin(), deviations.end());
    EXPECT_LE(can_fall, can_rise + 1e-12 * largest * largest);
    expect_close(std::accumulate(weights.begin(), weights.end(), 0.0), 1);
}

TEST(MinimumVariance, OfTheIndices) {
    const std::vector<double> weights = minimum_variance(indices());
    expect_close(weights,
                 std::vector<double>{0.015440702381812, 0.33464243398247, -0.039015825459725, 0.68893268909544});
    expect_close(volatility(weights, indices()), 0.0075263680553408);
}

TEST(MinimumVariance, OfTheIndicesLongOnly) {
    const std::vector<double> weights = minimum_variance(indices(), {0, 1});
    expect_close(weights, std::vector<double>{0, 0.32690660994133, 0, 0.67309339005867});
    expect_close(volatility(weights, indices()), 0.0075313525836006);
}

// From SciPy's SLSQP, whose answers are good to some 1e-8.
TEST(MinimumVariance, OfTheIndicesWithinBounds) {
    expect_near(minimum_variance(indices(), {0, .4}),
                std::vector<double>{0.13023135543575573, 0.4, 0.06976864456424423, 0.4}, 1e-6);
    expect_near(minimum_variance(indices(), {.1, .6}),
                std::vector<double>{0.1, 0.22974156981360982, 0.1, 0.5702584301863901}, 1e-6);
    expect_near(minimum_variance(indices(), {-.02, 1}),
                std::vector<double>{0.00582516863464618, 0.3320301005179938, -0.02, 0.68214473084736}, 1e-6);
}

TEST(MinimumVariance, WideBoundsAreNone) {
    const Matrix s = covariance(random_returns(200, 60, 3), 1);
    expect_near(minimum_variance(s, {-5, 5}), minimum_variance(s), 1e-12);
}

TEST(MinimumVariance, IsOptimalWhateverTheBounds) {
    for (const std::size_t rows : {30U, 61U, 400U}) {  // with 60 assets the first is singular
        const Matrix s = covariance(random_returns(rows, 60, rows), 1);
        for (const Bounds bounds : {Bounds{0, 1}, {0, 0.02}, {0, 0.1}, {-0.05, 0.05}, {-1, 1}, {0.01, 0.5}}) {
            expect_optimal(minimum_variance(s, bounds), s, bounds);
        }
    }
}

TEST(MinimumVariance, BoundsWithoutRoom) {
    expect_near(minimum_variance(indices(), {.25, .25}), quarters, 0);
    expect_near(minimum_variance(indices(), {0, .25}), quarters, 1e-15);
    expect_near(minimum_variance(indices(), {.25, 1}), quarters, 1e-15);
    for (const Bounds bounds : {Bounds{0, .2}, {.3, 1}, {1, 0}, {std::nan(""), 1}}) {
        EXPECT_THROW(minimum_variance(indices(), bounds), bradawl::Error);
    }
}

TEST(MinimumVariance, OfASingularCovariance) {
    const Matrix s = covariance(random_returns(10, 20, 1), 1);
    EXPECT_THROW(minimum_variance(s), bradawl::Error);
    EXPECT_NEAR(volatility(minimum_variance(s, {-10, 10}), s), 0, 1e-8);
    EXPECT_EQ(minimum_variance(matrix_of(2, {0, 0, 0, 4}), {0, 1}), (std::vector<double>{1, 0}));
}

TEST(RiskParity, OfTheIndices) {
    const std::vector<double> weights = risk_parity(indices());
    expect_close(
        weights,
        std::vector<double>{0.22212399905669478, 0.26083666035127456, 0.21210292100032627, 0.30493641959170437}, 1e-11);
    const std::vector<double> budgets = {.4, .3, .2, .1};
    const std::vector<double> other = risk_parity(indices(), budgets);
    expect_close(other,
                 std::vector<double>{0.35733891583892535, 0.3192823896489283, 0.18239753434009287, 0.14098116017205342},
                 1e-11);
    expect_near(contributions(other, indices()).share, budgets, 1e-12);
}

TEST(RiskParity, OfUncorrelatedAssets) {
    expect_close(risk_parity(matrix_of(2, {4, 0, 0, 9})), std::vector<double>{.6, .4});
}

TEST(RiskParity, NoBudgetNoWeight) {
    const std::vector<double> budgets = {3, 0, 1, 0};
    const std::vector<double> weights = risk_parity(indices(), budgets);
    EXPECT_EQ(weights[1], 0);
    EXPECT_EQ(weights[3], 0);
    expect_near(contributions(weights, indices()).share, std::vector<double>{.75, 0.0, .25, 0.0}, 1e-12);
}

TEST(RiskParity, SharesAreEqual) {
    for (const std::size_t rows : {60U, 500U}) {
        const Matrix s = estimate(Estimator::lw, random_returns(rows, 100, rows), 1).covariance;
        const std::vector<double> weights = risk_parity(s);
        for (const double share : contributions(weights, s).share)
            EXPECT_NEAR(share, 0.01, 1.1e-12);
    }
}

TEST(RiskParity, Refusals) {
    EXPECT_THROW(risk_parity(indices(), std::vector<double>{1.0, 1.0}), bradawl::Error);
    EXPECT_THROW(risk_parity(indices(), std::vector<double>{1.0, 1.0, -1.0, 1.0}), bradawl::Error);
    EXPECT_THROW(risk_parity(indices(), std::vector<double>{0.0, 0.0, 0.0, 0.0}), bradawl::Error);
    EXPECT_THROW(risk_parity(matrix_of(2, {0, 0, 0, 4})), bradawl::Error);
    EXPECT_EQ(risk_parity(matrix_of(2, {0, 0, 0, 4}), std::vector<double>{0.0, 1.0}), (std::vector<double>{0, 1}));
    // Opposites: there are weights without any risk, so none with equal shares of it.
    EXPECT_THROW(risk_parity(matrix_of(2, {1, -1.1, -1.1, 1})), bradawl::Error);
}

TEST(MaximumDiversification, OfTheIndices) {
    const std::vector<double> weights = maximum_diversification(indices(), false);
    expect_close(weights,
                 std::vector<double>{0.136741907889495, 0.3044621364862103, 0.20108501284463715, 0.3577109427796575},
                 1e-11);
    expect_close(maximum_diversification(indices(), true), weights, 1e-11);
}

TEST(MaximumDiversification, NothingNearIsBetter) {
    const Matrix s = covariance(random_returns(200, 12, 3), 1);
    const std::vector<double> weights = maximum_diversification(s, true);
    const double best = diversification_ratio(weights, s);
    for (std::size_t asset = 0; asset < 12; ++asset) {
        std::vector<double> other = weights;
        other[asset] += 1e-4;
        EXPECT_LE(diversification_ratio(other, s), best * (1 + 1e-13));
    }
}

TEST(InverseVolatility, OfTheIndices) {
    expect_close(inverse_volatility(indices()),
                 std::vector<double>{0.23059492897195394, 0.2567826416016153, 0.21499554449420255, 0.2976268849322283});
    EXPECT_THROW(inverse_volatility(Matrix(2, 2)), bradawl::Error);
}

TEST(Solvers, DoNotDependOnTheOrderOfAssets) {
    const Matrix returns = random_returns(150, 35, 9);
    std::vector<std::size_t> order;
    for (std::size_t asset = 0; asset < 35; ++asset)
        order.push_back(asset * 12 % 35);
    const Matrix s = covariance(returns, 1);
    const Matrix shuffled = covariance(reordered_columns(returns, order), 1);
    const auto check = [&](const std::vector<double>& straight, const std::vector<double>& other) {
        for (std::size_t asset = 0; asset < 35; ++asset)
            EXPECT_NEAR(other[asset], straight[order[asset]], 1e-11);
    };
    check(minimum_variance(s), minimum_variance(shuffled));
    check(minimum_variance(s, {0, .1}), minimum_variance(shuffled, {0, .1}));
    check(risk_parity(s), risk_parity(shuffled));
    check(maximum_diversification(s, true), maximum_diversification(shuffled, true));
    check(inverse_volatility(s), inverse_volatility(shuffled));
}

}  // namespace
