#include "finance/estimators.hpp"

#include <array>
#include <cmath>

#include "core/error.hpp"
#include "eustock.hpp"
#include "finance/risk.hpp"
#include "math/symmetric.hpp"

namespace {

using namespace bradawl::finance;
using bradawl::math::Matrix;

constexpr std::array every_estimator = {Estimator::sample,    Estimator::lw,          Estimator::lw_cc,
                                        Estimator::lw_market, Estimator::lw_diag,     Estimator::lw_sklearn,
                                        Estimator::oas,       Estimator::oas_sklearn, Estimator::qis,
                                        Estimator::denoise,   Estimator::semi};

/// The intensity and the volatility of equal weights.
void expect_estimate(Estimator estimator, double intensity, double wanted, double relative = 1e-12) {
    const Estimate estimated = estimate(estimator, eustock_returns(), 1);
    expect_close(volatility(quarters, estimated.covariance), wanted, relative);
    if (std::isnan(intensity)) {
        EXPECT_TRUE(std::isnan(estimated.intensity));
    } else {
        expect_close(estimated.intensity, intensity, relative);
    }
}

TEST(Covariance, OfTheIndices) {
    const Matrix s = covariance(eustock_returns(), 1);
    const std::vector<double> lower = {s(0, 0), s(1, 0), s(2, 0), s(3, 0), s(1, 1),
                                       s(2, 1), s(3, 1), s(2, 2), s(3, 2), s(3, 3)};
    expect_close(lower,
                 std::vector<double>{1.0569647878826e-4, 6.6540463038455e-5, 8.313809671646e-5, 5.2241137288706e-5,
                                     8.5237106731537e-5, 6.25624339466e-5, 4.2871759791279e-5, 1.2159090882967e-4,
                                     5.6856686612628e-5, 6.3447674146969e-5});
    expect_close(deviations_of(s),
                 std::vector<double>{0.010280879280891, 0.0092323944202757, 0.011026826779707, 0.007965404832585});
    const Matrix r = correlation_of(s);
    const std::vector<double> pairs = {r(1, 0), r(2, 0), r(3, 0), r(2, 1), r(3, 1), r(3, 2)};
    expect_close(pairs, std::vector<double>{0.70103743423291, 0.73336345775393, 0.63793217960311, 0.61453798791777,
                                            0.58297389463247, 0.64732613513937});
    expect_close(volatility(quarters, s), 0.0083081034361214660117, 1e-14);
    expect_close(volatility(quarters, covariance(eustock_returns(), 0)), 0.0083058685730182);
}

TEST(Covariance, OfFivePrices) {
    const std::vector<double> prices = {4, 2, .6, 4.2, 2.1, .59, 3.9, 2, .58, 4.3, 2.1, .62, 4.1, 2.2, .63};
    Matrix returns(4, 3);
    for (std::size_t at = 0; at < 12; ++at)
        returns.data[at] = prices[at + 3] / prices[at] - 1;
    const Matrix s = covariance(returns, 1);
    expect_close(s(0, 0), .006661687937656102);
    expect_close(s(0, 1), .00264970955585574);
    expect_close(s(2, 2), .0016396416271856837);
}

TEST(Covariance, OfWhatNeverChangesIsZero) {
    for (const double value : {0.1, 1e9 + 0.3, -7e-5}) {
        Matrix returns(1001, 2);
        for (std::size_t row = 0; row < returns.rows; ++row) {
            returns(row, 0) = value;
            returns(row, 1) = row % 2 == 0 ? 1 : 3;
        }
        const Matrix s = covariance(returns, 1);
        EXPECT_EQ(s(0, 0), 0);
        EXPECT_EQ(s(0, 1), 0);
        EXPECT_THROW(correlation_of(s), bradawl::Error);
    }
}

TEST(Covariance, StaysRightFarFromZero) {
    const Matrix near = random_returns(2000, 40, 5);
    Matrix far = near;
    for (double& value : far.data)
        value = std::ldexp(std::round(std::ldexp(value, 20)), -20);
    const Matrix wanted = covariance(far, 1);
    for (double& value : far.data)
        value += 0x1p30;  // exact
    expect_close(covariance(far, 1).data, wanted.data, 1e-9);
}

TEST(Covariance, TooFewRows) {
    EXPECT_THROW(covariance(Matrix(1, 3), 0), bradawl::Error);
    EXPECT_THROW(covariance(Matrix(2, 3), 2), bradawl::Error);
    EXPECT_THROW(covariance(Matrix(2, 0), 1), bradawl::Error);
    EXPECT_NO_THROW(covariance(Matrix(2, 3), 1));
}

TEST(Estimators, OfTheIndices) {
    const double none = std::nan("");
    expect_estimate(Estimator::sample, none, 0.0083081034361215);
    expect_estimate(Estimator::lw, 0.0072280623704234, 0.0082882757922937);
    expect_estimate(Estimator::lw_sklearn, 0.0072285649704499, 0.0082860448828026);
    expect_estimate(Estimator::oas_sklearn, 0.0025161063133886, 0.008298973750064);
    // From numpy, by the published formulas written out with whole matrices.
    expect_estimate(Estimator::lw_diag, 0.004967600603569145, 0.00829448166673374);
    expect_estimate(Estimator::lw_cc, 0.2616288464620298, 0.008302297464331887);
    expect_estimate(Estimator::lw_market, 0.002776524797352058, 0.008309077000238035);
    expect_estimate(Estimator::oas, 0.0020499929919938543, 0.008300251460921101);
    expect_estimate(Estimator::qis, none, 0.008306374805876773);
    expect_estimate(Estimator::semi, none, 0.0059318003583445425);
    expect_estimate(Estimator::denoise, none, 0.008308103436121466);
}

Matrix wide_returns() {
    Matrix returns(8, 12);
    for (std::size_t row = 0; row < 8; ++row) {
        for (std::size_t asset = 0; asset < 12; ++asset) {
            const auto t = static_cast<double>(row);
            const auto a = static_cast<double>(asset);
            returns(row, asset) =
                std::sin(1 + 7 * t * t + 3 * a * t + a * a) * .01 * static_cast<double>(1 + asset % 3);
        }
    }
    return returns;
}

TEST(Estimators, OfMoreAssetsThanRows) {
    const Matrix returns = wide_returns();
    const std::vector<double> weights(12, 1.0 / 12);
    const auto check = [&](Estimator estimator, double intensity, double wanted) {
        const Estimate estimated = estimate(estimator, returns, 1);
        if (!std::isnan(intensity)) expect_close(estimated.intensity, intensity, 1e-11);
        expect_close(volatility(weights, estimated.covariance), wanted, 1e-11);
    };
    check(Estimator::lw, 0.7381392217759235, 0.004595358454768287);
    check(Estimator::lw_diag, 1, 0.004556938554890797);
    check(Estimator::lw_cc, 1, 0.004920678062435543);
    check(Estimator::lw_market, 0.8109879279536621, 0.005950710120435309);
    check(Estimator::qis, std::nan(""), 0.004759114249040011);
    const Matrix qis = estimate(Estimator::qis, returns, 1).covariance;
    expect_close(std::vector<double>{qis(0, 0), qis(1, 1), qis(2, 2)},
                 std::vector<double>{0.00015113046913661267, 0.0003757933745924074, 0.0004030621947037531}, 1e-11);
    EXPECT_TRUE(bradawl::math::is_positive_definite(qis));
}

TEST(Estimators, ArePositiveSemidefiniteAndSymmetric) {
    for (const auto& [rows, assets] : {std::pair{300U, 40U}, {20U, 40U}, {41U, 40U}, {2U, 3U}}) {
        const Matrix returns = random_returns(rows, assets, rows);
        for (const Estimator estimator : every_estimator) {
            const Estimate estimated = estimate(estimator, returns, 1);
            EXPECT_TRUE(bradawl::math::is_positive_semidefinite(estimated.covariance)) << static_cast<int>(estimator);
            for (std::size_t i = 0; i < assets; ++i) {
                for (std::size_t j = 0; j < i; ++j)
                    EXPECT_EQ(estimated.covariance(i, j), estimated.covariance(j, i));
            }
            if (!std::isnan(estimated.intensity)) {
                EXPECT_GE(estimated.intensity, 0);
                EXPECT_LE(estimated.intensity, 1);
            }
        }
    }
}

TEST(Estimators, DoNotDependOnTheOrderOfAssets) {
    const Matrix returns = random_returns(150, 35, 9);
    std::vector<std::size_t> order;
    for (std::size_t asset = 0; asset < 35; ++asset)
        order.push_back(asset * 12 % 35);
    const Matrix shuffled = reordered_columns(returns, order);
    for (const Estimator estimator : every_estimator) {
        const Matrix straight = estimate(estimator, returns, 1).covariance;
        const Matrix other = estimate(estimator, shuffled, 1).covariance;
        for (std::size_t i = 0; i < 35; ++i) {
            for (std::size_t j = 0; j < 35; ++j)
                EXPECT_NEAR(other(i, j), straight(order[i], order[j]), 1e-15);
        }
    }
}

TEST(Estimators, KeepWhatTheyPromise) {
    const Matrix returns = random_returns(60, 30, 4);
    const Matrix s = covariance(returns, 1);
    const auto trace = [](const Matrix& matrix) {
        double sum = 0;
        for (std::size_t asset = 0; asset < matrix.rows; ++asset)
            sum += matrix(asset, asset);
        return sum;
    };
    for (const Estimator estimator : {Estimator::lw, Estimator::qis}) {
        expect_close(trace(estimate(estimator, returns, 1).covariance), trace(s));
    }
    expect_close(trace(estimate(Estimator::oas, returns, 1).covariance), trace(covariance(returns, 0)));
    for (const Estimator estimator : {Estimator::lw_cc, Estimator::lw_market, Estimator::lw_diag, Estimator::denoise}) {
        expect_close(deviations_of(estimate(estimator, returns, 1).covariance), deviations_of(s));
    }
}

TEST(Estimators, OfOneAsset) {
    const Matrix returns = random_returns(60, 1, 4);
    for (const Estimator estimator : every_estimator) {
        const double variance = covariance(returns, 1)(0, 0);
        const Estimate estimated = estimate(estimator, returns, 1);
        const bool own = estimator == Estimator::semi;
        const bool all =
            estimator == Estimator::lw_sklearn || estimator == Estimator::oas || estimator == Estimator::oas_sklearn;
        if (!own) expect_close(estimated.covariance(0, 0), all ? variance * 59 / 60 : variance);
    }
}

TEST(Estimators, RefuseWhatHasNoCorrelation) {
    Matrix returns = random_returns(60, 3, 4);
    for (std::size_t row = 0; row < 60; ++row)
        returns(row, 1) = 0.01;
    for (const Estimator estimator : {Estimator::lw_cc, Estimator::qis, Estimator::denoise}) {
        EXPECT_THROW(estimate(estimator, returns, 1), bradawl::Error);
    }
    EXPECT_NO_THROW(estimate(Estimator::lw, returns, 1));
}

}  // namespace
