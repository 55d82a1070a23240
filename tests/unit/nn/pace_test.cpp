// Random numbers as NumPy's RandomState has them, schedules and stop rules as Pylearn2 has them.
#include <gtest/gtest.h>

#include <numeric>

#include "nn/mersenne.hpp"
#include "nn/schedule.hpp"
#include "nn/stopping.hpp"

namespace bradawl::nn {
namespace {

TEST(Mersenne, IsNumpysRandomState) {
    const Seed seed{{2013, 1, 4}, false};
    Mersenne words(seed);
    for (const std::uint32_t wanted : {2685457402U, 462481562U, 1649278631U})
        EXPECT_EQ(words.next32(), wanted);
    Mersenne units(seed);
    for (const double wanted : {0.6252567701613894, 0.3840026101798222, 0.9597336288197106})
        EXPECT_EQ(units.unit(), wanted);
    Mersenne normals(seed);
    for (const double wanted : {-1.4087084554414901, 1.521157256220837, -0.35364239208910253, 1.1359218161741667})
        EXPECT_DOUBLE_EQ(normals.normal(), wanted);
    Mersenne plain(Seed{{5}, true});
    EXPECT_EQ(plain.unit(), 0.22199317108973948);
    Mersenne listed(Seed{{5}, false});
    EXPECT_NE(listed.unit(), 0.22199317108973948);
}

TEST(Mersenne, ShufflesAsNumpy) {
    Mersenne random(Seed{{2012, 10, 5}, false});
    std::vector<std::uint32_t> order(10);
    std::iota(order.begin(), order.end(), 0U);
    random.shuffle(order);
    EXPECT_EQ(order, (std::vector<std::uint32_t>{4, 7, 0, 9, 2, 6, 3, 8, 1, 5}));
}

TEST(Mersenne, GoesOnFromItsState) {
    Mersenne random(Seed{{1}, false});
    for (int times = 0; times < 700; ++times)
        random.next32();
    random.normal();
    std::string text;
    random.save(text);
    Mersenne again(Seed{{2}, false});
    std::string_view rest(text);
    ASSERT_TRUE(again.load(rest));
    for (int times = 0; times < 700; ++times)
        EXPECT_EQ(again.normal(), random.normal());
    std::string_view cut = std::string_view(text).substr(0, 100);
    EXPECT_FALSE(again.load(cut));
}

TEST(Mersenne, NumbersBelowABoundAreAllOfThem) {
    Mersenne random(Seed{{3}, false});
    std::vector<int> seen(5);
    for (int times = 0; times < 200; ++times)
        ++seen[random.below(5)];
    for (const int count : seen)
        EXPECT_GT(count, 15);
    EXPECT_EQ(random.below(1), 0U);
}

TEST(Schedules, OfTheRate) {
    EXPECT_EQ(rate_at({}, 0.5, 100, 1000), 0.5);
    RateSchedule linear{RateSchedule::Kind::linear, 1, 5, 0.1, 0, 1, 0};
    EXPECT_DOUBLE_EQ(rate_at(linear, 1, 0, 0), 1);
    EXPECT_DOUBLE_EQ(rate_at(linear, 1, 5, 0), 0.1);
    EXPECT_DOUBLE_EQ(rate_at(linear, 1, 500, 0), 0.1);
    EXPECT_LT(rate_at(linear, 1, 3, 0), rate_at(linear, 1, 2, 0));
    RateSchedule exponential{RateSchedule::Kind::exponential, 1, 1, 1, 0, 2, 0.05};
    EXPECT_DOUBLE_EQ(rate_at(exponential, 1, 0, 3), 0.125);
    EXPECT_DOUBLE_EQ(rate_at(exponential, 1, 0, 30), 0.05) << "never below";
    RateSchedule annealed{RateSchedule::Kind::annealed, 10, 1, 1, 0, 1, 0};
    EXPECT_DOUBLE_EQ(rate_at(annealed, 1, 0, 5), 1);
    EXPECT_DOUBLE_EQ(rate_at(annealed, 1, 0, 39), 0.25);
}

TEST(Schedules, OfMomentum) {
    const MomentumSchedule schedule{0.5, 0.99, 1, 50};
    EXPECT_DOUBLE_EQ(momentum_at(schedule, 0), 0.5);
    EXPECT_DOUBLE_EQ(momentum_at(schedule, 1), 0.5);
    EXPECT_DOUBLE_EQ(momentum_at(schedule, 50), 0.99);
    EXPECT_DOUBLE_EQ(momentum_at(schedule, 500), 0.99);
    EXPECT_GT(momentum_at(schedule, 26), 0.7);
    EXPECT_EQ(momentum_at({0.9, 0.9, 0, 0}, 7), 0.9);
}

TEST(Stopping, AtTheFirstRule) {
    StopOptions options;
    options.epochs = 10;
    options.patience = 3;
    Stopping stopping(options);
    EXPECT_FALSE(stopping.done(1, 5));
    EXPECT_FALSE(stopping.done(2, 4));
    EXPECT_FALSE(stopping.done(3, 4));
    EXPECT_FALSE(stopping.done(4, std::numeric_limits<double>::quiet_NaN()));
    EXPECT_TRUE(stopping.done(5, 4));
    EXPECT_EQ(stopping.reason(), "patience");

    options.patience = 0;
    Stopping by_epochs(options);
    for (std::uint64_t epoch = 1; epoch < 10; ++epoch)
        EXPECT_FALSE(by_epochs.done(epoch, 1));
    EXPECT_TRUE(by_epochs.done(10, 1));
    EXPECT_EQ(by_epochs.reason(), "epochs");
}

TEST(Stopping, AtTheLastOfAllRules) {
    StopOptions options;
    options.all = true;
    options.epochs = 5;
    options.patience = 2;
    Stopping stopping(options);
    EXPECT_FALSE(stopping.done(1, 1));
    EXPECT_FALSE(stopping.done(2, 1));
    EXPECT_FALSE(stopping.done(3, 1));  // patience is over, the epochs are not
    EXPECT_FALSE(stopping.done(4, 1));
    EXPECT_TRUE(stopping.done(5, 1));
}

TEST(Stopping, AtATarget) {
    StopOptions options;
    options.has_target = true;
    options.target = 0.5;
    Stopping stopping(options);
    EXPECT_FALSE(stopping.done(1, 0.6));
    EXPECT_TRUE(stopping.done(2, 0.5));
    EXPECT_EQ(stopping.reason(), "target");
}

TEST(Stopping, WantsABetterValueByItsPart) {
    StopOptions options;
    options.patience = 2;
    options.min_delta = 0.1;
    Stopping stopping(options);
    EXPECT_FALSE(stopping.done(1, 1));
    EXPECT_FALSE(stopping.done(2, 0.95));
    EXPECT_TRUE(stopping.done(3, 0.92));
    Stopping learning(options);
    EXPECT_FALSE(learning.done(1, 1));
    EXPECT_FALSE(learning.done(2, 0.95));
    EXPECT_FALSE(learning.done(3, 0.85));
    EXPECT_EQ(learning.patience_left(), 2U);
}

}  // namespace
}  // namespace bradawl::nn
