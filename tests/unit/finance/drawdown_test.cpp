#include "finance/drawdown.hpp"

#include <cmath>

#include "eustock.hpp"
#include "series.hpp"

namespace {

using namespace bradawl::finance;

Drawdown of(const std::vector<double>& growths) {
    Drawdown made;
    for (const double growth : growths)
        made.add(growth);
    return made;
}

TEST(Drawdown, OfTheIndices) {
    Drawdown simple;
    Drawdown logarithmic;
    for (const double value : quarter_returns()) {
        simple.add(1 + value);
        logarithmic.add(std::exp(std::log1p(value)));
    }
    for (const Drawdown* one : {&simple, &logarithmic}) {
        expect_close(one->worst(), -0.18403510842093, 1e-12);
        expect_close(one->current(), -0.1009145062301251, 1e-12);
        EXPECT_EQ(one->peak(), 677U);
        EXPECT_EQ(one->trough(), 965U);
    }
}

TEST(Drawdown, BeginsAtOne) {
    const Drawdown found = of({0.5, 1.5});
    EXPECT_EQ(found.worst(), -0.5);
    EXPECT_EQ(found.current(), -0.25);
    EXPECT_EQ(found.peak(), 0U);
    EXPECT_EQ(found.trough(), 1U);
}

TEST(Drawdown, OfARise) {
    const Drawdown found = of({1.5, 1, 2});
    EXPECT_EQ(found.worst(), 0);
    EXPECT_EQ(found.current(), 0);
    EXPECT_EQ(found.peak(), 0U);
    EXPECT_EQ(found.trough(), 0U);
}

TEST(Drawdown, OfEqualOnesTheFirst) {
    const Drawdown found = of({2, 1, 0.5, 1, 2, 0.5, 2});
    EXPECT_EQ(found.worst(), -0.5);
    EXPECT_EQ(found.peak(), 1U);
    EXPECT_EQ(found.trough(), 3U);
}

TEST(Drawdown, AllLost) {
    const Drawdown found = of({2, 0, 1.5});
    EXPECT_EQ(found.worst(), -1);
    EXPECT_EQ(found.current(), -1);
    EXPECT_EQ(found.trough(), 2U);
}

TEST(Drawdown, GrowsBeyondDoubles) {
    Drawdown found;
    for (int row = 0; row < 3000; ++row)
        found.add(2);
    found.add(0.75);
    EXPECT_EQ(found.worst(), -0.25);
    EXPECT_EQ(found.current(), -0.25);
    EXPECT_EQ(found.peak(), 3000U);
    EXPECT_EQ(found.trough(), 3001U);
}

TEST(Drawdown, ResumesToTheSameBits) {
    Drawdown middle;
    for (std::size_t row = 0; row < 700; ++row)
        middle.add(1 + quarter_returns()[row]);
    const auto go_on = [](Drawdown& one) {
        for (std::size_t row = 700; row < quarter_returns().size(); ++row)
            one.add(1 + quarter_returns()[row]);
    };
    expect_resumes(middle, Drawdown(), go_on);
    expect_survives_any_number(saved(middle), Drawdown(), go_on);
}

}  // namespace
