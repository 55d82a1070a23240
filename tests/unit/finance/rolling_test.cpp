#include "finance/rolling.hpp"

#include <cmath>

#include "core/error.hpp"
#include "eustock.hpp"
#include "series.hpp"

namespace {

using namespace bradawl::finance;

Rolling of(const std::vector<double>& values, std::uint64_t window) {
    Rolling made(window);
    for (const double value : values)
        made.add(value);
    return made;
}

TEST(Rolling, OfTheIndices) {
    const double year = std::sqrt(252);
    const RollingRisk month = of(quarter_returns(), 21).risk();
    EXPECT_EQ(month.window, 21U);
    expect_close(month.first * year, 0.073998813076157);
    expect_close(month.last * year, 0.21733276073634);
    expect_close(month.lowest * year, 0.050358422787689);
    expect_close(month.highest * year, 0.31812368535079);
    const RollingRisk quarter = of(quarter_returns(), 63).risk();
    expect_close(quarter.first * year, 0.17494815158744565);
    expect_close(quarter.last * year, 0.17756248173238034);
    expect_close(quarter.lowest * year, 0.072972108423961043);
    expect_close(quarter.highest * year, 0.24275678969727807);
}

// As in pandas#42064: what a huge value leaves behind. From 60 digits.
TEST(Rolling, HugeValuesLeaveNoTrace) {
    std::vector<double> values;
    for (std::size_t at = 0; at < 60; ++at)
        values.push_back(small_value(at));
    values[10] = 1e9;
    values[11] = -3e15 / 4;
    const RollingRisk found = of(values, 5).risk();
    expect_close(found.first, 0.0079159562310796138, 1e-14);
    expect_close(found.last, 0.0079159562310796138, 1e-14);
    expect_close(found.lowest, 0.0076844207054910452, 1e-14);
    expect_close(found.highest, 335410308428646.84, 1e-14);
}

TEST(Rolling, FarFromZero) {
    const std::vector<double> values(far_values().begin(), far_values().begin() + 200);
    const RollingRisk found = of(values, 21).risk();
    expect_close(found.first, 0.34573793305291905, 1e-13);
    expect_close(found.last, 0.3863570064997216, 1e-13);
    expect_close(found.lowest, 0.31642531427790415, 1e-13);
    expect_close(found.highest, 0.4113959629334042, 1e-13);
}

TEST(Rolling, OfWhatNeverChangesExactlyZero) {
    Rolling found = of(std::vector<double>(100, 0.1), 7);
    EXPECT_EQ(found.risk().highest, 0);
    found.add(1e9);
    EXPECT_GT(found.latest(), 1e8);
    for (int row = 0; row < 7; ++row)
        found.add(0.1);
    EXPECT_EQ(found.latest(), 0);
}

TEST(Rolling, EachWindowAsIfAlone) {
    const auto& values = quarter_returns();
    for (const std::size_t window : {2, 3, 10}) {
        Rolling rolling(window);
        for (std::size_t row = 0; row < 100; ++row) {
            rolling.add(values[row]);
            if (row + 1 < window) {
                EXPECT_TRUE(std::isnan(rolling.latest()));
                continue;
            }
            double mean = 0;
            for (std::size_t at = row + 1 - window; at <= row; ++at)
                mean += values[at] / static_cast<double>(window);
            double square = 0;
            for (std::size_t at = row + 1 - window; at <= row; ++at)
                square += (values[at] - mean) * (values[at] - mean);
            expect_close(rolling.latest(), std::sqrt(square / static_cast<double>(window - 1)));
        }
    }
}

TEST(Rolling, SamplesAreEvenlyApart) {
    Rolling rolling(2);
    std::vector<double> all;
    rolling.add(0);
    for (std::size_t at = 0; at < 5000; ++at) {
        rolling.add(small_value(at));
        all.push_back(rolling.latest());
    }
    const std::vector<double> samples = rolling.risk().samples;
    ASSERT_EQ(samples.size(), 313U);  // each sixteenth
    for (std::size_t at = 0; at < samples.size(); ++at)
        EXPECT_EQ(samples[at], all[16 * at]);
}

TEST(Rolling, NoWindowOfOne) {
    for (const std::uint64_t window : {0, 1})
        EXPECT_THROW(Rolling{window}, bradawl::Error);
}

TEST(Rolling, ResumesToTheSameBits) {
    const auto go_on = [](Rolling& one) {
        for (std::size_t row = 700; row < quarter_returns().size(); ++row)
            one.add(quarter_returns()[row]);
    };
    for (const std::size_t rows : {0, 5, 50, 700}) {
        Rolling middle(21);
        for (std::size_t row = 0; row < rows; ++row)
            middle.add(quarter_returns()[row]);
        expect_resumes(middle, Rolling(21), go_on);
        expect_survives_any_number(saved(middle), Rolling(21), go_on);
    }
}

TEST(Rolling, RefusesMoreThanAWindow) {
    const std::string text = saved(of(quarter_returns(), 63));
    Rolling other(21);
    std::string_view left = text;
    EXPECT_FALSE(other.load(left));
}

}  // namespace
