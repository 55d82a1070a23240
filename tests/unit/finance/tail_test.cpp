#include "finance/tail.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "eustock.hpp"
#include "finance/estimators.hpp"
#include "math/normal.hpp"
#include "series.hpp"

namespace {

using namespace bradawl::finance;
using bradawl::math::Matrix;

constexpr double five_percent = 1 - 0.95;  // as a level of 95 % gives it

const std::vector<double>& sorted_returns() {
    static const std::vector<double> sorted = [] {
        std::vector<double> all = quarter_returns();
        std::sort(all.begin(), all.end());
        return all;
    }();
    return sorted;
}

/// The means of the indices, their covariances with the portfolio, and its volatility.
struct Indices {
    std::vector<double> means;
    std::vector<double> with_portfolio;
    double volatility = 0;
};

Indices indices() {
    Indices made;
    const Matrix s = covariance(eustock_returns(), 1);
    for (std::size_t at = 0; at < 4; ++at) {
        made.means.push_back(shape_of_returns(index_returns(at)).mean);
        made.with_portfolio.push_back(.25 * std::accumulate(s.row(at).begin(), s.row(at).end(), 0.0));
        made.volatility += .25 * made.with_portfolio.back();
    }
    made.volatility = std::sqrt(made.volatility);
    return made;
}

TEST(Tail, Historical) {
    expect_close(historical_loss(sorted_returns(), five_percent), 0.01245315369231);
    expect_close(ordered_loss(sorted_returns(), five_percent), 0.01246061741254);
    expect_close(mean_tail_loss(sorted_returns(), five_percent), 0.018987907063852);
    expect_close(exact_tail_loss(sorted_returns(), five_percent), 0.018991418247096);
}

TEST(Tail, Normal) {
    const Loss found = normal_loss(0.00063196486714219062, 0.0083081034361214660, five_percent);
    expect_close(found.at, 0.01303364920285);
    expect_close(found.beyond, 0.016505266496642);
}

TEST(Tail, CornishFisher) {
    const Shape4 shape = shape_of_returns(quarter_returns());
    ASSERT_TRUE(in_cornish_fisher_domain(shape.skewness, shape.kurtosis));
    const double deviation = std::sqrt(shape.variance);
    const Loss found = cornish_fisher_loss(shape.mean, deviation, shape.skewness, shape.kurtosis, five_percent);
    expect_close(found.at, 0.013428529562869);
    expect_close(found.beyond, 0.023670250592261);
}

TEST(Tail, CornishFisherWithoutShapeIsNormal) {
    const Loss found = cornish_fisher_loss(0.001, 0.02, 0, 0, 0.01);
    const Loss wanted = normal_loss(0.001, 0.02, 0.01);
    expect_close(found.at, wanted.at, 1e-15);
    expect_close(found.beyond, wanted.beyond, 1e-15);
}

// The mean beyond is the mean of the quantiles beyond: of the middles of many slices.
TEST(Tail, CornishFisherIsTheMeanOfItsQuantiles) {
    constexpr int slices = 200000;
    double sum = 0;
    for (int slice = 0; slice < slices; ++slice)
        sum += cornish_fisher_loss(0.001, 0.02, -0.4, 2, 0.05 * (slice + 0.5) / slices).at;
    expect_close(cornish_fisher_loss(0.001, 0.02, -0.4, 2, 0.05).beyond, sum / slices, 1e-5);
}

// The values of the formulas of PerformanceAnalytics in Python. At 1 % the expansion says less beyond the quantile than
// at it, and the quantile is taken.
TEST(Tail, Edgeworth) {
    const Shape4 shape = shape_of_returns(quarter_returns());
    const double deviation = std::sqrt(shape.variance);
    const Loss found = edgeworth_loss(shape.mean, deviation, shape.skewness, shape.kurtosis, 0.05);
    expect_close(found.at, 0.013428529562868967);
    expect_close(found.beyond, 0.02465835559759121);
    const Loss rare = edgeworth_loss(shape.mean, deviation, shape.skewness, shape.kurtosis, 0.01);
    expect_close(rare.at, 0.02949211622350096);
    expect_close(rare.beyond, 0.02949211622350096);
    const Loss normal = edgeworth_loss(0.001, 0.02, 0, 0, 0.01);
    expect_close(normal.beyond, normal_loss(0.001, 0.02, 0.01).beyond);
}

/// Whether the expansion rises from each of many places to the next.
bool rises(double skewness, double kurtosis) {
    double before = std::numeric_limits<double>::infinity();
    for (double z = -60; z <= 60; z += 0.01) {
        const double s = skewness;
        const double loss =
            -(z + (z * z - 1) * s / 6 + (z * z * z - 3 * z) * kurtosis / 24 - (2 * z * z * z - 5 * z) * s * s / 36);
        if (loss > before) return false;
        before = loss;
    }
    return true;
}

TEST(Tail, DomainOfCornishFisher) {
    EXPECT_TRUE(in_cornish_fisher_domain(0, 0));
    EXPECT_TRUE(in_cornish_fisher_domain(0, 8));
    EXPECT_FALSE(in_cornish_fisher_domain(0, 8.001));
    EXPECT_FALSE(in_cornish_fisher_domain(0, -0.001));
    EXPECT_FALSE(in_cornish_fisher_domain(2, 4));
    EXPECT_FALSE(in_cornish_fisher_domain(20, 493));  // falls everywhere
    EXPECT_FALSE(in_cornish_fisher_domain(std::nan(""), 1));
    for (int s = -50; s <= 50; ++s)
        for (int k = -11; k <= 140; k += 3)
            EXPECT_EQ(in_cornish_fisher_domain(s / 10.0, k / 10.0), rises(s / 10.0, k / 10.0)) << s << ' ' << k;
}

TEST(Tail, QuantileBetweenAndAtValues) {
    const std::vector<double> sorted = {1, 2, 4, 8, 16};
    EXPECT_EQ(quantile(sorted, 0), 1);
    EXPECT_EQ(quantile(sorted, 0.25), 2);
    EXPECT_EQ(quantile(sorted, 0.375), 3);
    EXPECT_EQ(quantile(sorted, 1), 16);
    EXPECT_EQ(quantile(std::vector<double>{7}, 0.05), 7);
}

// 1 − 0.9 is a little less than a tenth, and 1 − 0.95 a little more than a twentieth.
TEST(Tail, RoundingOfTheLevelDropsNoReturn) {
    std::vector<double> sorted(11);
    std::iota(sorted.begin(), sorted.end(), -10);
    EXPECT_EQ(historical_loss(sorted, 1 - 0.9), 9);
    EXPECT_EQ(mean_tail_loss(sorted, 1 - 0.9), 9.5);
    sorted.resize(20);
    std::iota(sorted.begin(), sorted.end(), -10);
    EXPECT_EQ(ordered_loss(sorted, five_percent), 10);
    EXPECT_EQ(exact_tail_loss(sorted, five_percent), 10);
    EXPECT_EQ(ordered_loss(sorted, 0.06), 9);
    expect_close(exact_tail_loss(sorted, 0.06), (10 + 0.2 * 9) / 1.2);
    expect_close(exact_tail_loss(sorted, 0.01), 10);  // a fifth of a return
}

TEST(Tail, ComponentsOfTheNormalLoss) {
    const Indices all = indices();
    expect_close(normal_loss_components(quarters, all.means, all.with_portfolio, all.volatility, five_percent),
                 std::vector<double>{0.0036300967233161, 0.0029674669221473, 0.0038864784290622, 0.0025496071283246});
    const auto beyond = normal_es_components(quarters, all.means, all.with_portfolio, all.volatility, five_percent);
    expect_close(beyond, std::vector<double>{0.004597076162029006, 0.0037760020586191665, 0.0049054254080158535,
                                             0.003226762867977976});
    expect_close(std::accumulate(beyond.begin(), beyond.end(), 0.0), 0.016505266496642);
}

TEST(Tail, ComponentsOfTheHistoricalLoss) {
    const auto found = historical_es_components(quarters, eustock_returns().data, quarter_returns(),
                                                quantile(sorted_returns(), five_percent));
    expect_close(found, std::vector<double>{0.005340589706707078, 0.0045725131949199424, 0.00542903221892854,
                                            0.003645771943295949});
    expect_close(std::accumulate(found.begin(), found.end(), 0.0), mean_tail_loss(sorted_returns(), five_percent),
                 1e-14);
}

TEST(Tail, LossesScale) {
    std::vector<double> doubled = sorted_returns();
    for (double& value : doubled)
        value *= 2;
    for (const double tail : {0.001, 0.01, 0.1, 0.4}) {
        EXPECT_EQ(historical_loss(doubled, tail), 2 * historical_loss(sorted_returns(), tail));
        EXPECT_EQ(mean_tail_loss(doubled, tail), 2 * mean_tail_loss(sorted_returns(), tail));
        EXPECT_EQ(exact_tail_loss(doubled, tail), 2 * exact_tail_loss(sorted_returns(), tail));
        EXPECT_GE(mean_tail_loss(doubled, tail), historical_loss(doubled, tail));
        EXPECT_GE(exact_tail_loss(doubled, tail), ordered_loss(doubled, tail));
    }
}

}  // namespace
