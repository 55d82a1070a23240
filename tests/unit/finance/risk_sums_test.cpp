#include "finance/risk_sums.hpp"

#include <cmath>

#include "eustock.hpp"
#include "finance/estimators.hpp"
#include "finance/risk.hpp"
#include "series.hpp"

namespace {

using namespace bradawl::finance;
using bradawl::math::Matrix;

const std::vector<double> rising = {.1, .2, .3, .4};

double portfolio_of(std::span<const double> row, const std::vector<double>& weights) {
    double sum = 0;
    for (std::size_t at = 0; at < weights.size(); ++at)
        sum += weights[at] * row[at];
    return sum;
}

void add_rows(RiskSums& sums, const Matrix& returns, const std::vector<double>& weights, std::size_t first,
              std::size_t last) {
    for (std::size_t row = first; row < last; ++row)
        sums.add(returns.row(row), portfolio_of(returns.row(row), weights));
}

RiskSums sums_of(const Matrix& returns, const std::vector<double>& weights, bool whole = true) {
    RiskSums sums(weights.size(), whole);
    add_rows(sums, returns, weights, 0, returns.rows);
    return sums;
}

void expect_same(const RiskSums& found, const RiskSums& wanted, double relative) {
    EXPECT_EQ(found.count(), wanted.count());
    expect_close(found.mean(), wanted.mean(), relative);
    expect_close(found.variance(1), wanted.variance(1), relative);
    for (std::size_t at = 0; at < wanted.means().size(); ++at) {
        expect_close(found.means()[at], wanted.means()[at], relative);
        expect_close(found.asset_variance(at, 1), wanted.asset_variance(at, 1), relative);
        expect_close(found.covariance(at, 1), wanted.covariance(at, 1), relative);
    }
    ASSERT_EQ(found.has_matrix(), wanted.has_matrix());
    if (wanted.has_matrix()) expect_close(found.matrix(1).data, wanted.matrix(1).data, relative);
}

TEST(RiskSums, OfTheIndices) {
    const RiskSums sums = sums_of(eustock_returns(), quarters);
    EXPECT_EQ(sums.count(), 1859U);
    expect_close(sums.mean(), 0.00063196486714219);
    expect_close(std::sqrt(sums.variance(1)), 0.0083081034361214660117, 1e-14);
    expect_close(std::sqrt(sums.variance(0)), 0.0083058685730182);
    expect_close(sums.means(),
                 std::vector<double>{0.00070521743437697, 0.000860947032045, 0.00049794710569915, 0.00046374789644765});
    expect_close(sums.matrix(1).data, covariance(eustock_returns(), 1).data);
}

TEST(RiskSums, KnowContributionsWithoutTheMatrix) {
    const RiskSums sums = sums_of(eustock_returns(), rising, false);
    EXPECT_FALSE(sums.has_matrix());
    const Matrix s = covariance(eustock_returns(), 1);
    std::vector<double> with_portfolio;
    for (std::size_t at = 0; at < 4; ++at) {
        with_portfolio.push_back(sums.covariance(at, 1));
        expect_close(sums.asset_variance(at, 1), s(at, at));
    }
    const Contributions found = contributions_from(rising, with_portfolio);
    const Contributions wanted = contributions(rising, s);
    expect_close(found.volatility, wanted.volatility);
    expect_close(found.component, wanted.component);
    expect_close(found.volatility, std::sqrt(sums.variance(1)), 1e-13);
}

TEST(RiskSums, ChunksMergedAreOnePass) {
    const Matrix& returns = eustock_returns();
    for (const bool whole : {false, true}) {
        const RiskSums wanted = sums_of(returns, rising, whole);
        for (const std::size_t chunk : {1U, 7U, 500U, 1858U, 4000U}) {
            RiskSums all(4, whole);
            for (std::size_t first = 0; first < returns.rows; first += chunk) {
                RiskSums part(4, whole);
                add_rows(part, returns, rising, first, std::min(first + chunk, returns.rows));
                all.merge(part);
            }
            SCOPED_TRACE(chunk);
            expect_same(all, wanted, 1e-12);
        }
    }
}

TEST(RiskSums, MergedWithNoneTheyStay) {
    const RiskSums wanted = sums_of(eustock_returns(), rising);
    RiskSums before(4, true);
    before.merge(wanted);
    expect_same(before, wanted, 0);
    RiskSums behind = wanted;
    behind.merge(RiskSums(4, true));
    EXPECT_EQ(saved(behind), saved(wanted));
}

TEST(RiskSums, ResumeToTheSameBits) {
    const Matrix& returns = eustock_returns();
    for (const bool whole : {false, true}) {
        RiskSums middle(4, whole);
        add_rows(middle, returns, rising, 0, 1000);
        expect_resumes(middle, RiskSums(4, whole),
                       [&](RiskSums& sums) { add_rows(sums, returns, rising, 1000, returns.rows); });
    }
}

TEST(RiskSums, SurviveAnyState) {
    RiskSums middle(2, true);
    const Matrix returns = random_returns(9, 2, 3);
    const std::vector<double> halves(2, 0.5);
    add_rows(middle, returns, halves, 0, 5);
    expect_survives_any_number(saved(middle), RiskSums(2, true),
                               [&](RiskSums& sums) { add_rows(sums, returns, halves, 5, 9); });
}

// Returns that are whole numbers of 2^-18 stay exact 2^30 higher up, portfolios of eighths too, and so must their
// moments.
TEST(RiskSums, StayRightFarFromZero) {
    for (const double size : {100.0, 1.0}) {  // deviations of about 1 and 0.01
        Matrix near = random_returns(3000, 4, 5);
        for (double& value : near.data)
            value = std::ldexp(std::round(std::ldexp(value * size, 18)), -18);
        Matrix far = near;
        for (double& value : far.data)
            value += 0x1p30;
        const std::vector<double> weights = {0.5, 0.25, 0.125, 0.125};  // for which portfolios are exact, too
        const RiskSums wanted = sums_of(near, weights);
        const RiskSums found = sums_of(far, weights);
        SCOPED_TRACE(size);
        expect_close(found.variance(1), wanted.variance(1), 1e-9);
        for (std::size_t at = 0; at < 4; ++at) {
            expect_close(found.asset_variance(at, 1), wanted.asset_variance(at, 1), 1e-9);
            expect_close(found.covariance(at, 1), wanted.covariance(at, 1), 1e-9);
        }
        expect_close(found.matrix(1).data, wanted.matrix(1).data, 1e-9);
    }
}

TEST(RiskSums, OfWhatNeverChangesExactlyZero) {
    for (const double value : {0.0, 0.1, 1e9 + 0.3, -7e-5}) {
        RiskSums sums(2, true);
        for (std::size_t at = 0; at < 1000; ++at)
            sums.add(std::vector{value, static_cast<double>(at % 7)}, value);
        EXPECT_EQ(sums.variance(1), 0);
        EXPECT_EQ(sums.asset_variance(0, 1), 0);
        EXPECT_EQ(sums.covariance(1, 1), 0);
        EXPECT_EQ(sums.matrix(1)(1, 0), 0);
        EXPECT_EQ(sums.mean(), value);
        EXPECT_GT(sums.asset_variance(1, 1), 0);
    }
}

// A huge value in front, and then small ones: what a variance of all is made of is the huge one, to the last digits.
TEST(RiskSums, AHugeValueAmongSmallOnes) {
    RiskSums sums(1);
    const double huge = 0x1p40;
    double small_sum = 0;
    double small_square = 0;
    const std::size_t count = 1000;
    for (std::size_t at = 0; at < count; ++at) {
        const double value = at == 3 ? huge : small_value(at);
        sums.add(std::vector{value}, value);
        if (at == 3) continue;
        small_sum += value;
        small_square += value * value;
    }
    const double mean = (huge + small_sum) / static_cast<double>(count);
    const double wanted = (huge - mean) * (huge - mean) + static_cast<double>(count - 1) * mean * mean -
                          2 * mean * small_sum + small_square;
    expect_close(sums.variance(0) * static_cast<double>(count), wanted, 1e-12);
}

TEST(RiskSums, BitsAsText) {
    for (const double value : {0.0, -0.0, 1.5, -1e308, 5e-324, std::nan("")}) {
        std::string text;
        save_bits(value, text);
        std::string_view left = text;
        double back = 1;
        ASSERT_TRUE(load_bits(left, back));
        EXPECT_EQ(std::isnan(back), std::isnan(value));
        if (!std::isnan(value)) {
            EXPECT_EQ(back, value);
        }
        EXPECT_EQ(std::signbit(back), std::signbit(value));
    }
    for (const std::string_view text : {"", " ", "123", "000000000000000g ", "00000000-0000000 "}) {
        std::string_view left = text;
        double back = 1;
        EXPECT_FALSE(load_bits(left, back)) << text;
    }
}

}  // namespace
