#include "finance/pairwise.hpp"

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "eustock.hpp"
#include "finance/estimators.hpp"
#include "finance/psd.hpp"
#include "finance/risk.hpp"
#include "math/symmetric.hpp"

namespace {

using namespace bradawl::finance;
using bradawl::math::Matrix;

const double gap = std::nan("");

// Without any trick.
double pair_covariance(const Matrix& x, std::size_t i, std::size_t j) {
    long double n = 0, mean_i = 0, mean_j = 0, sum = 0;
    const auto each = [&](auto visit) {
        for (std::size_t row = 0; row < x.rows; ++row) {
            if (!std::isnan(x(row, i)) && !std::isnan(x(row, j))) visit(x(row, i), x(row, j));
        }
    };
    each([&](double a, double b) { n += 1, mean_i += a, mean_j += b; });
    mean_i /= n, mean_j /= n;
    each([&](double a, double b) { sum += (a - mean_i) * (b - mean_j); });
    return static_cast<double>(sum / (n - 1));
}

void expect_pairs(const Matrix& returns) {
    const PairwiseCovariance found = pairwise_covariance(returns, 1);
    for (std::size_t i = 0; i < returns.columns; ++i) {
        for (std::size_t j = 0; j < returns.columns; ++j) {
            const double scale = std::sqrt(found.covariance(i, i) * found.covariance(j, j));
            EXPECT_NEAR(found.covariance(i, j), pair_covariance(returns, i, j), 1e-13 * scale) << i << ' ' << j;
        }
    }
}

Matrix with_gaps(Matrix returns, double share) {
    bradawl::Random random(8);
    for (double& value : returns.data) {
        if (random.unit() < share) value = gap;
    }
    return returns;
}

// From numpy.
TEST(Pairwise, OfTheIndicesWithGaps) {
    Matrix returns = eustock_returns();
    for (std::size_t t = 0; t < returns.rows; ++t) {
        for (std::size_t j = 0; j < 4; ++j) {
            if ((t * (j + 3) + j * j) % 37 == 0 || (j == 2 && t < 300)) returns(t, j) = gap;
        }
    }
    const PairwiseCovariance found = pairwise_covariance(returns, 1);
    expect_close(found.covariance.data,
                 std::vector<double>{
                     0.0001062531510647732, 6.661065860744132e-05, 8.669065799533401e-05, 5.2471917422089435e-05,
                     6.661065860744132e-05, 8.534777934039694e-05, 6.158204889690807e-05, 4.3008710103599185e-05,
                     8.669065799533401e-05, 6.158204889690807e-05, 0.0001244211194636234, 5.678821593525231e-05,
                     5.2471917422089435e-05, 4.3008710103599185e-05, 5.678821593525231e-05, 6.329639537348583e-05});
    EXPECT_EQ(found.counts.data, (std::vector<double>{1808, 1758, 1475, 1758, 1758, 1809, 1475, 1759, 1475, 1475, 1517,
                                                      1475, 1758, 1759, 1475, 1809}));
}

TEST(Pairwise, WithoutGapsIsTheCovariance) {
    const Matrix returns = random_returns(700, 40, 3);
    expect_close(pairwise_covariance(returns, 1).covariance.data, covariance(returns, 1).data, 1e-11);
    expect_close(pairwise_covariance(returns, 0).covariance.data, covariance(returns, 0).data, 1e-11);
}

// Few gaps go another way than many.
TEST(Pairwise, WithFewGapsAndMany) {
    for (const double share : {0.005, 0.05, 0.1, 0.6})
        expect_pairs(with_gaps(random_returns(600, 37, 3), share));
}

TEST(Pairwise, LateListings) {
    Matrix returns = random_returns(600, 5, 3);
    for (std::size_t row = 0; row < 597; ++row)
        returns(row, 4) = gap;
    expect_pairs(returns);
}

TEST(Pairwise, FarFromZero) {
    Matrix returns = with_gaps(random_returns(600, 5, 3), 0.05);
    for (double& value : returns.data)
        value = std::ldexp(std::round(std::ldexp(value, 20)), -20) + 0x1p30;
    const PairwiseCovariance found = pairwise_covariance(returns, 1);
    for (std::size_t i = 0; i < 5; ++i) {
        for (std::size_t j = 0; j < 5; ++j) {
            expect_close(found.covariance(i, j), pair_covariance(returns, i, j), 1e-9);
        }
    }
}

TEST(Pairwise, WhatNeverChangesHasNoVariance) {
    Matrix returns = with_gaps(random_returns(600, 3, 3), 0.05);
    for (std::size_t row = 0; row < 600; ++row) {
        if (!std::isnan(returns(row, 1))) returns(row, 1) = 0.1;
    }
    const PairwiseCovariance found = pairwise_covariance(returns, 1);
    EXPECT_EQ(found.covariance(1, 1), 0);
    EXPECT_EQ(found.covariance(0, 1), 0);
}

TEST(Pairwise, TooFewRowsInCommon) {
    Matrix returns = random_returns(6, 2, 3);
    for (std::size_t row = 0; row < 6; ++row) {
        if (row != 2) returns(row, row % 2) = gap;
    }
    try {
        pairwise_covariance(returns, 1);
        FAIL() << "two assets with one row in common pass";
    } catch (const bradawl::Error& error) {
        EXPECT_EQ(error.text(), "assets 1 and 2 have 1 returns in common: a covariance needs 2 or more");
    }
    for (std::size_t row = 0; row < 6; ++row)
        returns(row, 0) = gap;
    EXPECT_THROW(pairwise_covariance(returns, 1), bradawl::Error);
}

Matrix scaled(const Matrix& correlation, std::vector<double> deviations) {
    Matrix result = correlation;
    for (std::size_t i = 0; i < result.rows; ++i) {
        for (std::size_t j = 0; j < result.rows; ++j)
            result(i, j) *= deviations[i] * deviations[j];
    }
    return result;
}

// Higham 2002, section 1, whose matrix has the smallest eigenvalue 1 - √2.
const Matrix impossible = matrix_of(3, {1, 1, 0, 1, 1, 1, 0, 1, 1});

TEST(Psd, HighamsExample) {
    const PsdResult found = positive_semidefinite(impossible, Psd::higham);
    EXPECT_TRUE(found.repaired);
    expect_close(found.smallest, 1 - std::sqrt(2.0));
    const double a = 0.7606898534022884;
    const double b = 0.15729810613837455;
    expect_near(found.covariance.data, std::vector<double>{1, a, b, a, 1, a, b, a, 1}, 1e-12);
}

TEST(Psd, Clip) {
    const PsdResult found = positive_semidefinite(impossible, Psd::clip);
    const double a = 0.7395391542561807;
    const double b = 0.093836321356075;
    expect_near(found.covariance.data, std::vector<double>{1, a, b, a, 1, a, b, a, 1}, 1e-12);
}

TEST(Psd, RepairsTheCorrelationAndKeepsVariances) {
    for (const Psd treatment : {Psd::clip, Psd::higham}) {
        const Matrix unit = positive_semidefinite(impossible, treatment).covariance;
        const PsdResult found = positive_semidefinite(scaled(impossible, {1, 1e-3, 50}), treatment);
        expect_near(found.covariance.data, scaled(unit, {1, 1e-3, 50}).data, 1e-10);
        expect_close(std::vector<double>{found.covariance(0, 0), found.covariance(1, 1), found.covariance(2, 2)},
                     std::vector<double>{1, 1e-6, 2500});
    }
}

TEST(Psd, WhatComesOutIsPositiveSemidefinite) {
    const Matrix s = pairwise_covariance(with_gaps(random_returns(30, 25, 6), 0.4), 1).covariance;
    ASSERT_LT(positive_semidefinite(s, Psd::check).smallest, -1e-3);
    for (const Psd treatment : {Psd::clip, Psd::higham}) {
        const PsdResult found = positive_semidefinite(s, treatment);
        EXPECT_TRUE(found.repaired);
        EXPECT_TRUE(bradawl::math::is_positive_semidefinite(found.covariance));
        EXPECT_FALSE(positive_semidefinite(found.covariance, Psd::fail).repaired);
    }
}

TEST(Psd, CheckChangesNothingAndFailFails) {
    const PsdResult found = positive_semidefinite(impossible, Psd::check);
    EXPECT_FALSE(found.repaired);
    EXPECT_LT(found.smallest, 0);
    EXPECT_EQ(found.covariance.data, impossible.data);
    try {
        positive_semidefinite(impossible, Psd::fail);
        FAIL() << "an indefinite matrix passes";
    } catch (const bradawl::Error& error) {
        EXPECT_EQ(error.fault(), bradawl::Fault::data);
        EXPECT_EQ(error.text(), "the covariance is not positive semidefinite (smallest eigenvalue -0.41)");
    }
}

TEST(Psd, LeavesAloneWhatIsRight) {
    const Matrix definite = covariance(random_returns(60, 20, 1), 1);
    const Matrix singular = covariance(random_returns(10, 20, 1), 1);
    for (const Psd treatment : {Psd::check, Psd::clip, Psd::higham, Psd::fail}) {
        const PsdResult of_definite = positive_semidefinite(definite, treatment);
        EXPECT_TRUE(std::isnan(of_definite.smallest));
        EXPECT_EQ(of_definite.covariance.data, definite.data);
        const PsdResult of_singular = positive_semidefinite(singular, treatment);
        EXPECT_GE(of_singular.smallest, 0);
        EXPECT_FALSE(of_singular.repaired);
        EXPECT_EQ(of_singular.covariance.data, singular.data);
    }
}

TEST(Psd, AssetsWithoutVariance) {
    const Matrix s = matrix_of(2, {0, 0, 0, 4});
    EXPECT_EQ(positive_semidefinite(s, Psd::fail).covariance.data, s.data);
    EXPECT_THROW(positive_semidefinite(matrix_of(1, {-1}), Psd::check), bradawl::Error);
    EXPECT_THROW(positive_semidefinite(matrix_of(1, {gap}), Psd::check), bradawl::Error);
}

}  // namespace
