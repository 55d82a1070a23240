#include "finance/return_shape.hpp"

#include <algorithm>
#include <cmath>

#include "eustock.hpp"
#include "series.hpp"

namespace {

using namespace bradawl::finance;

TEST(ReturnShape, OfTheIndices) {
    const Shape4 found = shape_of_returns(quarter_returns());
    expect_close(found.mean, 0.00063196486714219);
    expect_close(std::sqrt(found.variance), 0.0083058685730182);
    expect_close(found.skewness, -0.49729158892964);
    expect_close(found.kurtosis, 4.3967093408111);
}

TEST(ReturnShape, FarFromZero) {
    const Shape4 found = shape_of_returns(far_values());
    EXPECT_EQ(found.mean, 1000000000.4080467);  // the nearest double
    expect_close(found.variance, 0.13494887456355989, 1e-13);
    expect_close(found.skewness, 0.64564430688742827, 1e-13);
    expect_close(found.kurtosis, -0.84876975494693255, 1e-13);
}

TEST(ReturnShape, OfWhatNeverChanges) {
    const std::vector<double> same(1000, 0.1);
    const Shape4 found = shape_of_returns(same);
    EXPECT_EQ(found.mean, 0.1);
    EXPECT_EQ(found.variance, 0);
    EXPECT_TRUE(std::isnan(found.skewness));
    EXPECT_TRUE(std::isnan(found.kurtosis));
    EXPECT_TRUE(std::isnan(shape_of_returns({}).mean));
}

TEST(ReturnShape, DependsOnNoOrderAndNoScale) {
    const Shape4 wanted = shape_of_returns(quarter_returns());
    std::vector<double> other = quarter_returns();
    std::sort(other.begin(), other.end());
    for (double& value : other)
        value = 0.3 - 7 * value;
    const Shape4 found = shape_of_returns(other);
    expect_close(found.mean, 0.3 - 7 * wanted.mean);
    expect_close(found.variance, 49 * wanted.variance);
    expect_close(found.skewness, -wanted.skewness);
    expect_close(found.kurtosis, wanted.kurtosis);
}

}  // namespace
