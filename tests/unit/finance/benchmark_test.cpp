#include "finance/benchmark.hpp"

#include <cmath>

#include "eustock.hpp"
#include "series.hpp"

namespace {

using namespace bradawl::finance;

std::vector<double> mean_of_three() {
    std::vector<double> made;
    for (std::size_t row = 0; row < eustock_returns().rows; ++row)
        made.push_back((eustock_returns()(row, 0) + eustock_returns()(row, 1) + eustock_returns()(row, 2)) / 3);
    return made;
}

BenchmarkSums of(const std::vector<double>& portfolio, const std::vector<double>& benchmark) {
    BenchmarkSums made;
    for (std::size_t row = 0; row < portfolio.size(); ++row)
        made.add(portfolio[row], benchmark[row]);
    return made;
}

TEST(Benchmark, ThreeIndicesAgainstFtse) {
    const BenchmarkSums found = of(mean_of_three(), index_returns(3));
    EXPECT_EQ(found.count(), 1859U);
    expect_close(found.beta(), 0.79839850047455);
    expect_close(found.correlation(), 0.70276992377756);
    expect_close(found.tracking_error(1), 0.0066350755410548);
    expect_close(found.tracking_error(1) * std::sqrt(252), 0.10532855887055);
    expect_close(found.active_return(), 0.00022428929425938958);
    expect_close(found.tracking_error(0), 0.0066350755410548 * std::sqrt(1858.0 / 1859));
}

// From 60 digits.
TEST(Benchmark, FarFromZero) {
    std::vector<double> benchmark;
    for (std::size_t at = 0; at < far_values().size(); ++at)
        benchmark.push_back(1e9 + static_cast<double>(at * 13 % 37) / 64);
    const BenchmarkSums found = of(far_values(), benchmark);
    expect_close(found.beta(), 0.11549166089810989, 1e-11);
    expect_close(found.correlation(), 0.052497360632793344, 1e-11);
    expect_close(found.tracking_error(1), 0.39566157908300277, 1e-13);
    expect_close(found.active_return(), 0.1270780029296875, 1e-13);
}

TEST(Benchmark, AgainstItself) {
    const BenchmarkSums found = of(quarter_returns(), quarter_returns());
    EXPECT_EQ(found.beta(), 1);
    EXPECT_EQ(found.correlation(), 1);
    EXPECT_EQ(found.tracking_error(1), 0);
    EXPECT_EQ(found.active_return(), 0);
}

TEST(Benchmark, ScaleAndOrderOfRows) {
    std::vector<double> portfolio = mean_of_three();
    std::vector<double> benchmark = index_returns(3);
    const BenchmarkSums wanted = of(portfolio, benchmark);
    std::vector<double> other(portfolio.rbegin(), portfolio.rend());
    for (double& value : other)
        value *= -3;
    const BenchmarkSums found = of(other, std::vector<double>(benchmark.rbegin(), benchmark.rend()));
    expect_close(found.beta(), -3 * wanted.beta());
    expect_close(found.correlation(), -wanted.correlation());
    for (double& value : other)
        value = 2 * value + 0.5;
    EXPECT_LE(of(other, other).correlation(), 1);
}

TEST(Benchmark, ThatNeverMoves) {
    const BenchmarkSums found = of(quarter_returns(), std::vector<double>(quarter_returns().size(), 0.1));
    EXPECT_TRUE(std::isnan(found.beta()));
    EXPECT_TRUE(std::isnan(found.correlation()));
    expect_close(found.tracking_error(1), 0.0083081034361215);
}

TEST(Benchmark, ResumesToTheSameBits) {
    const std::vector<double> portfolio = mean_of_three();
    const std::vector<double> benchmark = index_returns(3);
    BenchmarkSums middle;
    for (std::size_t row = 0; row < 700; ++row)
        middle.add(portfolio[row], benchmark[row]);
    const auto go_on = [&](BenchmarkSums& one) {
        for (std::size_t row = 700; row < portfolio.size(); ++row)
            one.add(portfolio[row], benchmark[row]);
    };
    expect_resumes(middle, BenchmarkSums(), go_on);
    expect_survives_any_number(saved(middle), BenchmarkSums(), go_on);
}

}  // namespace
