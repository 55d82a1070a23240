#include "finance/risk.hpp"

#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "eustock.hpp"
#include "finance/estimators.hpp"
#include "math/symmetric.hpp"

namespace {

using namespace bradawl::finance;
using bradawl::math::Matrix;

const Matrix& indices() {
    static const Matrix s = covariance(eustock_returns(), 1);
    return s;
}

const std::vector<double> rising = {.1, .2, .3, .4};

double sum_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(Risk, ContributionsOfTheIndices) {
    const Contributions found = contributions(quarters, indices());
    expect_close(found.volatility, 0.0083081034361215);
    expect_close(found.component,
                 std::vector<double>{0.0023141275427438, 0.0019349464463031, 0.0024384936992362, 0.0016205357478384});
    expect_close(found.share,
                 std::vector<double>{0.27853860517462, 0.23289869477196, 0.29350786469921, 0.19505483535421});
    for (std::size_t asset = 0; asset < 4; ++asset) {
        expect_close(found.marginal[asset], found.component[asset] / .25);
        expect_close(found.beta[asset], found.share[asset] / .25);
    }
}

TEST(Risk, ContributionsAddUp) {
    const Matrix s = covariance(random_returns(200, 60, 3), 1);
    std::vector<double> weights;
    for (std::size_t asset = 0; asset < 60; ++asset)
        weights.push_back(std::sin(static_cast<double>(asset)) + 0.1);
    const Contributions found = contributions(weights, s);
    expect_close(sum_of(found.component), found.volatility, 1e-13);
    expect_close(sum_of(found.share), 1, 1e-13);
    expect_close(found.volatility, volatility(weights, s), 1e-14);
}

TEST(Risk, WithoutRiskThereAreNoShares) {
    const Contributions found = contributions(std::vector<double>{0.5, 0.5}, Matrix(2, 2));
    EXPECT_EQ(found.volatility, 0);
    EXPECT_TRUE(std::isnan(found.share[0]));
    EXPECT_TRUE(std::isnan(found.component[0]));
}

TEST(Risk, DiversificationOfTheIndices) {
    expect_close(diversification_ratio(quarters, indices()), 1.1586731439226);
    expect_close(implied_correlation(quarters, indices()), 0.6581910085533);
    expect_close(mean_correlation(indices()), 0.65286184821326);
    expect_close(effective_bets_pca(quarters, indices()), 1.0238408788229);
    expect_close(effective_number(contributions(quarters, indices()).share), 3.9059629722265);
    expect_close(effective_number(quarters), 4);
    // From numpy.
    expect_close(effective_bets_pca(rising, indices()), 1.178015389211111);
    expect_close(effective_bets_torsion(quarters, indices()), 3.980506014573811);
    expect_close(effective_bets_torsion(rising, indices()), 3.859930347250931);
}

TEST(Risk, DiversificationOfLoneAssets) {
    EXPECT_TRUE(std::isnan(implied_correlation(std::vector<double>{0.0, 1.0, 0.0, 0.0}, indices())));
    EXPECT_TRUE(std::isnan(mean_correlation(matrix_of(1, {4}))));
    expect_close(effective_bets_torsion(std::vector<double>{1.0}, matrix_of(1, {4})), 1);
    expect_close(diversification_ratio(std::vector<double>{0.0, 1.0, 0.0, 0.0}, indices()), 1);
}

// Without correlation both kinds of bets are the assets themselves.
TEST(Risk, BetsOfUncorrelatedAssets) {
    const Matrix s = matrix_of(2, {4, 0, 0, 9});
    expect_close(effective_bets_pca(std::vector<double>{0.6, 0.4}, s), 2);
    expect_close(effective_bets_torsion(std::vector<double>{0.6, 0.4}, s), 2);
    const double share = 4.0 / 13;
    const double wanted = std::exp(-share * std::log(share) - (1 - share) * std::log(1 - share));
    expect_close(effective_bets_pca(quarters, matrix_of(4, {4, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})), wanted);
    expect_close(effective_bets_torsion(std::vector<double>{0.5, 0.5}, s), wanted);
}

TEST(Risk, NoTorsionOfASingularCorrelation) {
    EXPECT_TRUE(std::isnan(effective_bets_torsion(std::vector<double>{0.5, 0.5}, matrix_of(2, {1, 1, 1, 1}))));
    EXPECT_TRUE(std::isnan(effective_bets_torsion(std::vector<double>{0.5, 0.5}, matrix_of(2, {0, 0, 0, 1}))));
}

TEST(Risk, BetsDoNotDependOnScale) {
    const Matrix s = covariance(random_returns(200, 12, 3), 1);
    Matrix other = s;
    std::vector<double> weights(12, 1.0 / 12);
    const double wanted = effective_bets_torsion(weights, s);
    for (std::size_t at = 0; at < 12; ++at) {  // the fourth asset counted in cents
        other(3, at) *= 100;
        other(at, 3) *= 100;
    }
    weights[3] /= 100;
    expect_close(effective_bets_torsion(weights, other), wanted, 1e-11);
}

TEST(Risk, Incremental) {
    expect_close(incremental_risk(rising, indices()),
                 std::vector<double>{3.515570889475565e-05, -0.00029477511551150026, 0.0004850570835798953,
                                     -0.0011273617665197092},
                 1e-11);
    EXPECT_TRUE(std::isnan(incremental_risk(std::vector<double>{1.0}, matrix_of(1, {4}))[0]));
}

TEST(Risk, StressOfTheIndices) {
    const auto annual = [](double shift) { return volatility(quarters, stress(indices(), shift, 1)) * std::sqrt(252); };
    expect_close(annual(.25), 0.13741788372648042);
    expect_close(annual(.5), 0.14273456026483242);
    expect_close(annual(1), 0.1528139867494342);
    EXPECT_EQ(stress(indices(), 0, 1).data, indices().data);
    expect_close(volatility(quarters, stress(indices(), .5, 1.5)) * std::sqrt(252), 0.14273456026483242 * 1.5);
}

TEST(Risk, StressStaysPositiveSemidefinite) {
    const Matrix s = covariance(random_returns(10, 20, 1), 1);
    for (const double shift : {0.0, 0.3, 1.0}) {
        EXPECT_TRUE(bradawl::math::is_positive_semidefinite(stress(s, shift, 2)));
    }
    for (const double shift : {-0.1, 1.1})
        EXPECT_THROW(stress(s, shift, 1), bradawl::Error);
    EXPECT_THROW(stress(s, 0.5, -1), bradawl::Error);
}

}  // namespace
