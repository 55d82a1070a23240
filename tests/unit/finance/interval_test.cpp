#include "finance/interval.hpp"

#include <cmath>

#include "eustock.hpp"
#include "finance/return_shape.hpp"
#include "series.hpp"

namespace {

using namespace bradawl::finance;

constexpr double quarter_deviation = 0.0083081034361214660;

std::vector<double> squares_of(const std::vector<double>& values) {
    const double mean = shape_of_returns(values).mean;
    std::vector<double> made;
    for (const double value : values)
        made.push_back((value - mean) * (value - mean));
    return made;
}

std::vector<double> sizes_of(const std::vector<double>& values) {
    std::vector<double> made;
    for (const double value : values)
        made.push_back(std::fabs(value));
    return made;
}

std::vector<double> first_of(const std::vector<double>& values, std::ptrdiff_t count) {
    return {values.begin(), values.begin() + count};
}

void expect_span(const Span& found, double low, double high, double relative = 1e-12) {
    expect_close(found.low, low, relative);
    expect_close(found.high, high, relative);
}

TEST(Interval, ChiSquare) {
    expect_span(chi_square_interval(quarter_deviation, 1859, 0.95), 0.0080493779367783, 0.0085841385778538);
}

TEST(Interval, StandardError) {
    expect_close(deviation_error(quarter_deviation, 1859, 4.3967093408111), 0.00024367474091931);
}

// What arch 8.0.0 says, in the comments.
TEST(Interval, BlockLength) {
    EXPECT_EQ(circular_block_length(quarter_returns()), 2U);                           // 2.06822411
    EXPECT_EQ(circular_block_length(squares_of(quarter_returns())), 20U);              // 20.41178647
    EXPECT_EQ(circular_block_length(sizes_of(quarter_returns())), 64U);                // 64.48273051
    EXPECT_EQ(circular_block_length(index_returns(0)), 1U);                            // 0.18803912
    EXPECT_EQ(circular_block_length(first_of(quarter_returns(), 20)), 7U);             // 7, the most
    EXPECT_EQ(circular_block_length(first_of(sizes_of(quarter_returns()), 500)), 9U);  // 9.32290175
}

TEST(Interval, BlockLengthOfLittle) {
    for (std::ptrdiff_t count = 0; count < 30; ++count) {
        const std::uint64_t length = circular_block_length(first_of(quarter_returns(), count));
        EXPECT_GE(length, 1U);
        EXPECT_LE(length, 10U);
    }
    EXPECT_EQ(circular_block_length(std::vector<double>(100, 0.1)), 1U);
}

TEST(Interval, BlockLengthDoesNotDependOnScale) {
    std::vector<double> other = squares_of(quarter_returns());
    for (double& value : other)
        value = 3 - 1000 * value;
    EXPECT_EQ(circular_block_length(other), 20U);
}

// From numpy, with the same draws.
TEST(Interval, Bootstrap) {
    const auto& all = quarter_returns();
    expect_span(bootstrap_interval(all, 1, 20, 1000, 42, 0.95), 0.007621445999890723, 0.009068853416913325);
    expect_span(bootstrap_interval(all, 1, 1, 1000, 42, 0.95), 0.007849244694697369, 0.008842889470687341);
    expect_span(bootstrap_interval(all, 1, 50, 300, 42, 0.95), 0.007541827794151937, 0.009071374467311785);
    expect_span(bootstrap_interval(all, 0, 9, 200, 7, 0.9), 0.007792256818600092, 0.00881256006479733);
}

TEST(Interval, BootstrapOfOneBlock) {
    const auto& all = quarter_returns();
    expect_span(bootstrap_interval(all, 1, 1859, 10, 1, 0.95), quarter_deviation, quarter_deviation);
    expect_span(bootstrap_interval(all, 1, 1'000'000, 10, 1, 0.95), quarter_deviation, quarter_deviation);
    const Span ones = bootstrap_interval(all, 1, 1, 10, 1, 0.95);
    expect_span(bootstrap_interval(all, 1, 0, 10, 1, 0.95), ones.low, ones.high, 0);
}

// From 60 digits.
TEST(Interval, BootstrapFarFromZero) {
    const std::vector<double> values = first_of(far_values(), 100);
    expect_close(bootstrap_interval(values, 1, 10, 200, 3, 0.95).low, 0.34601847720781839, 1e-13);
    expect_close(bootstrap_interval(values, 1, 10, 200, 3, 0.5).low, 0.36274471878402152, 1e-13);
}

// A third of the resamples lack the huge value; from 60 digits.
TEST(Interval, BootstrapWithAHugeValue) {
    std::vector<double> values;
    for (std::size_t at = 0; at < 40; ++at)
        values.push_back(small_value(at));
    values[3] = 1e9;
    expect_close(bootstrap_interval(values, 1, 7, 400, 3, 0.95).low, 0.0070481559982417076, 1e-13);
    expect_close(bootstrap_interval(values, 1, 7, 400, 3, 0.5).low, 0.0073328957092060026, 1e-13);
}

TEST(Interval, BootstrapScales) {
    std::vector<double> other = quarter_returns();
    for (double& value : other)
        value *= -4;
    const Span one = bootstrap_interval(quarter_returns(), 1, 20, 100, 5, 0.95);
    expect_span(bootstrap_interval(other, 1, 20, 100, 5, 0.95), 4 * one.low, 4 * one.high, 1e-14);
    expect_span(bootstrap_interval(std::vector<double>(50, 0.1), 1, 5, 100, 5, 0.95), 0, 0);
}

}  // namespace
