// The values are those of mpmath with 40 digits.
#include "math/normal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace {

using namespace bradawl::math;

void expect_close(double value, double wanted, double relative) {
    EXPECT_NEAR(value, wanted, std::abs(wanted) * relative) << "wanted " << wanted;
}

TEST(Normal, Density) {
    expect_close(normal_density(0), 0.39894228040143267794, 4e-16);
    expect_close(normal_density(-1.5), 0.12951759566589172761, 4e-16);
}

TEST(Normal, DistributionIsRightInBothTails) {
    const std::vector<std::pair<double, double>> values = {
        {-20, 2.7536241186062336951e-89}, {-5, 2.8665157187919391167e-7}, {-1, 0.15865525393145705141},
        {0.5, 0.69146246127401310364},    {3, 0.99865010196836990547},
    };
    for (const auto& [x, wanted] : values)
        expect_close(normal_distribution(x), wanted, 1e-15);
    expect_close(normal_distribution(-37.5), 4.6053530095819548438e-308, 1e-14);
    EXPECT_EQ(normal_distribution(-std::numeric_limits<double>::infinity()), 0);
    EXPECT_EQ(normal_distribution(std::numeric_limits<double>::infinity()), 1);
}

TEST(Normal, Quantile) {
    const std::vector<std::pair<double, double>> values = {
        {1e-300, -37.047096299361199237}, {1e-20, -9.2623400897984075796}, {1e-5, -4.2648907939228246102},
        {0.001, -3.0902323061678135354},  {0.025, -1.9599639845400542118}, {0.05, -1.644853626951472688},
        {0.3, -0.52440051270804081597},   {0.45, -0.12566134685507400616},
    };
    for (const auto& [probability, wanted] : values)
        expect_close(normal_quantile(probability), wanted, 1e-15);
    EXPECT_EQ(normal_quantile(0.5), 0);
    EXPECT_EQ(normal_quantile(0.75), -normal_quantile(0.25));
}

TEST(Normal, QuantileAtTheEndsAndOutside) {
    EXPECT_EQ(normal_quantile(0), -std::numeric_limits<double>::infinity());
    EXPECT_EQ(normal_quantile(1), std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(normal_quantile(-0.1)));
    EXPECT_TRUE(std::isnan(normal_quantile(std::nan(""))));
}

TEST(ChiSquare, Quantile) {
    struct Case {
        double probability, freedom, wanted;
    };
    const std::vector<Case> cases = {
        {0.025, 1, 0.0009820691171752560214},    {0.975, 1, 5.0238861873148874181},
        {0.001, 0.5, 1.3499395786230750714e-12}, {0.025, 9, 2.70038949998035796},
        {0.975, 9, 19.022767798641632582},       {0.025, 1858, 1740.4279908911671732},
        {0.975, 1858, 1979.3603275401360284},    {0.5, 31, 30.335942458198119418},
        {0.999999, 30, 82.044143136957009634},   {1e-9, 40, 6.9484576187075328145},
        {0.025, 1e6, 997230.08714329010256},
    };
    for (const Case& one : cases)
        expect_close(chi_square_quantile(one.probability, one.freedom), one.wanted, 1e-13);
}

TEST(ChiSquare, QuantileUndoesDistribution) {
    for (const double freedom : {0.5, 1.0, 2.0, 7.5, 30.0, 31.0, 400.0, 1e5}) {
        for (const double probability : {1e-12, 0.01, 0.2, 0.5, 0.8, 0.99, 0.999999}) {
            const double x = chi_square_quantile(probability, freedom);
            expect_close(chi_square_distribution(x, freedom), probability, 2e-12);
        }
    }
}

TEST(ChiSquare, AtTheEndsAndOutside) {
    EXPECT_EQ(chi_square_quantile(0, 3), 0);
    EXPECT_EQ(chi_square_quantile(1, 3), std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(chi_square_quantile(0.5, 0)));
    EXPECT_TRUE(std::isnan(chi_square_quantile(1.5, 3)));
}

// The 95 % interval of the volatility of the equally weighted EuStockMarkets.
TEST(ChiSquare, IntervalOfAVolatility) {
    const double s = 0.0083081034361214660117;
    expect_close(s * std::sqrt(1858 / chi_square_quantile(0.975, 1858)), 0.0080493779367783, 1e-12);
    expect_close(s * std::sqrt(1858 / chi_square_quantile(0.025, 1858)), 0.0085841385778538, 1e-12);
}

}  // namespace
