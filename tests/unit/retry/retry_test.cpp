#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <vector>

#include "retry/jitter.hpp"
#include "retry/ladder.hpp"

namespace bradawl::retry {
namespace {

using namespace std::chrono_literals;

std::vector<Duration> first_waits(const Ladder& ladder, unsigned count) {
    std::vector<Duration> waits;
    for (unsigned n = 0; n < count; ++n)
        waits.push_back(ladder.wait(n));
    return waits;
}

TEST(Ladder, OfNetworkFaultsRisesBy250Milliseconds) {
    const Ladder ladder{250ms, 250ms, 1, 16s};
    for (unsigned n = 0; n < 64; ++n)
        EXPECT_EQ(ladder.wait(n), 250ms * (n + 1));
    EXPECT_EQ(ladder.wait(63), 16s);
    EXPECT_EQ(ladder.wait(64), 16s);
    EXPECT_EQ(ladder.wait(std::numeric_limits<unsigned>::max()), 16s);
}

TEST(Ladder, OfHttpErrorsDoubles) {
    const Ladder ladder{5s, {}, 2, 320s};
    EXPECT_EQ(first_waits(ladder, 9), (std::vector<Duration>{5s, 10s, 20s, 40s, 80s, 160s, 320s, 320s, 320s}));
    EXPECT_EQ(ladder.wait(std::numeric_limits<unsigned>::max()), 320s);
}

TEST(Ladder, OfRateLimitsDoublesToItsCap) {
    EXPECT_EQ(first_waits({60s, {}, 2, 900s}, 6), (std::vector<Duration>{60s, 120s, 240s, 480s, 900s, 900s}));
}

TEST(Ladder, AddsBeforeItMultiplies) {
    EXPECT_EQ(first_waits({1s, 1s, 2, 100s}, 5), (std::vector<Duration>{1s, 4s, 10s, 22s, 46s}));
}

TEST(Ladder, MayBeLevelOrNothing) {
    EXPECT_EQ(first_waits({3s, {}, 1, 10s}, 3), (std::vector<Duration>{3s, 3s, 3s}));
    EXPECT_EQ(Ladder({3s, {}, 1, 10s}).wait(std::numeric_limits<unsigned>::max()), 3s);
    EXPECT_EQ(first_waits({}, 2), (std::vector<Duration>{0s, 0s}));
    EXPECT_EQ(Ladder({20s, {}, 2, 10s}).wait(0), 10s) << "the cap holds for the first wait too";
}

TEST(Ladder, DoesNotOverflow) {
    const Ladder ladder{1h, 1h, 1e300, Duration::max()};
    EXPECT_EQ(ladder.wait(0), 1h);
    EXPECT_EQ(ladder.wait(1), Duration::max());
    EXPECT_EQ(Ladder({1s, {}, 2, Duration::max()}).wait(1000), Duration::max());
}

TEST(FullJitter, StaysUnderADoublingBound) {
    Random random(3);
    for (int round = 0; round < 1000; ++round) {
        FullJitter jitter(100ms, 2s, random);
        for (const Duration bound : {100ms, 200ms, 400ms, 800ms, 1600ms, 2000ms, 2000ms}) {
            const Duration wait = jitter.next();
            EXPECT_GT(wait, 0s);
            EXPECT_LE(wait, bound);
        }
        jitter.reset();
        EXPECT_LE(jitter.next(), 100ms);
    }
}

TEST(FullJitter, SpreadsEvenly) {
    Random random(5);
    constexpr int count = 100'000;
    std::array<int, 10> histogram{};
    for (int i = 0; i < count; ++i) {
        FullJitter jitter(1s, 1s, random);
        const auto tenth = static_cast<std::size_t>((jitter.next() - Duration(1)) / 100ms);
        ASSERT_LT(tenth, histogram.size());
        ++histogram[tenth];
    }
    for (const int hits : histogram)
        EXPECT_NEAR(hits, count / 10, 500) << "more than five standard deviations";
}

TEST(FullJitter, IsToldByItsSeed) {
    Random one(9);
    Random two(9);
    FullJitter a(1s, 60s, one);
    FullJitter b(1s, 60s, two);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(a.next(), b.next());
}

TEST(FullJitter, StaysAtItsCapForEver) {
    Random random(11);
    FullJitter jitter(1s, 1h, random);
    for (int i = 0; i < 10'000; ++i) {
        const Duration wait = jitter.next();
        ASSERT_TRUE(wait > 0s && wait <= 1h);
    }
}

}  // namespace
}  // namespace bradawl::retry
