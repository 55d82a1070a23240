#include "feed/reconnect.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace bradawl::feed {
namespace {

using namespace std::chrono_literals;

/// The default ladders without jitter and, where waits are to be seen bare, without the floor.
Ladders bare() {
    Ladders ladders;
    ladders.jitter = 0;
    ladders.floor = {};
    return ladders;
}

class Attempts {
public:
    explicit Attempts(const Ladders& ladders, std::uint64_t seed = 1) : random_(seed), reconnect_(ladders, random_) {}

    /// An attempt that lasts `lasting`, healthy or not, and ends with `trouble`: the wait in milliseconds.
    std::int64_t wait(Trouble trouble, bool healthy = false, Duration lasting = {},
                      std::optional<Duration> server = std::nullopt) {
        reconnect_.attempt(now_);
        if (healthy) reconnect_.healthy();
        now_ += lasting;
        const Duration wait = reconnect_.next(trouble, server, now_);
        now_ += std::max(wait, Duration::zero());
        return std::chrono::round<std::chrono::milliseconds>(wait).count();
    }
    std::vector<std::int64_t> waits(Trouble trouble, int count) {
        std::vector<std::int64_t> list;
        for (int i = 0; i < count; ++i)
            list.push_back(wait(trouble));
        return list;
    }
    std::uint64_t failures() const { return reconnect_.failures(); }

private:
    Random random_;
    Reconnect reconnect_;
    TimePoint now_{1h};
};

using Waits = std::vector<std::int64_t>;

// Hosebird's ReconnectionManagerTest: linear by 250 ms, exponential from 5 s.
TEST(Reconnect, HosebirdsGoldenValues) {
    EXPECT_EQ(Attempts(bare()).waits(Trouble::network, 4), (Waits{250, 500, 750, 1000}));
    EXPECT_EQ(Attempts(bare()).waits(Trouble::http, 4), (Waits{5000, 10000, 20000, 40000}));
}

TEST(Reconnect, ClimbingOneLadderRestartsTheOthers) {
    Attempts attempts(bare());
    EXPECT_EQ(attempts.waits(Trouble::network, 2), (Waits{250, 500}));
    EXPECT_EQ(attempts.waits(Trouble::http, 2), (Waits{5000, 10000}));
    EXPECT_EQ(attempts.waits(Trouble::network, 2), (Waits{250, 500}));
    EXPECT_EQ(attempts.waits(Trouble::limit, 2), (Waits{60000, 120000}));
    EXPECT_EQ(attempts.waits(Trouble::http, 1), (Waits{5000}));
    EXPECT_EQ(attempts.failures(), 9U);
}

TEST(Reconnect, Caps) {
    EXPECT_EQ(Attempts(bare()).waits(Trouble::network, 70).back(), 16000);
    EXPECT_EQ(Attempts(bare()).waits(Trouble::http, 8),
              (Waits{5000, 10000, 20000, 40000, 80000, 160000, 320000, 320000}));
    EXPECT_EQ(Attempts(bare()).waits(Trouble::limit, 6), (Waits{60000, 120000, 240000, 480000, 900000, 900000}));
    EXPECT_EQ(Attempts(bare()).waits(Trouble::limit, 5000).back(), 900000);
}

TEST(Reconnect, RefusedCredentialsClimbTheHttpLadderOfTheirOwn) {
    Attempts attempts(bare());
    EXPECT_EQ(attempts.waits(Trouble::auth, 3), (Waits{5000, 10000, 20000}));
    EXPECT_EQ(attempts.waits(Trouble::http, 1), (Waits{5000}));
}

TEST(Reconnect, OnlyHealthResets) {
    Attempts attempts(bare());
    EXPECT_EQ(attempts.waits(Trouble::network, 3), (Waits{250, 500, 750}));
    EXPECT_EQ(attempts.wait(Trouble::network, false, 10min), 1000);  // long, but not a record came
    EXPECT_EQ(attempts.failures(), 4U);
    EXPECT_EQ(attempts.wait(Trouble::network, true), 0);
    EXPECT_EQ(attempts.failures(), 1U);
    EXPECT_EQ(attempts.waits(Trouble::network, 2), (Waits{250, 500}));
}

TEST(Reconnect, AHealthySessionIsFollowedByTheFloorAlone) {
    Ladders ladders = bare();
    ladders.floor = 250ms;
    Attempts attempts(ladders);
    EXPECT_EQ(attempts.wait(Trouble::network, true), 250);
    EXPECT_EQ(attempts.wait(Trouble::network, true, 100ms), 150);  // counted from the attempt before
    EXPECT_LE(attempts.wait(Trouble::network, true, 1s), 0);
}

TEST(Reconnect, NoTwoAttemptsAreCloserThanTheFloor) {
    Ladders ladders = bare();
    ladders.floor = 250ms;
    ladders.http = {0ms, 0ms, 2, 1s};
    ladders.network = {1ms, 0ms, 1, 1ms};
    Attempts attempts(ladders);
    EXPECT_EQ(attempts.waits(Trouble::http, 3), (Waits{250, 250, 250}));
    EXPECT_EQ(attempts.wait(Trouble::network, false, 249ms), 1);
    EXPECT_EQ(attempts.wait(Trouble::network, false, 200ms), 50);
}

// The server that answers 200 and closes: 0, 250, 750, 1500 ms; with health 0, 250, 500, 750, 1000.
TEST(Reconnect, AtMostFourAttemptsInTheFirstSecond) {
    for (const bool healthy : {false, true}) {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            Attempts attempts(Ladders{}, seed);
            std::int64_t time = 0;
            int count = 0;
            for (; time < 1000; ++count)
                time += std::max<std::int64_t>(attempts.wait(Trouble::network, healthy), 0);
            EXPECT_LE(count, 4) << healthy << " seed " << seed;
        }
    }
}

TEST(Reconnect, TheServersWaitLengthensAndIsCapped) {
    Attempts attempts(bare());
    EXPECT_EQ(attempts.wait(Trouble::limit, false, {}, 300s), 300000);
    EXPECT_EQ(attempts.wait(Trouble::limit, false, {}, 300s), 300000);
    EXPECT_EQ(attempts.wait(Trouble::limit, false, {}, 1s), 240000);  // the ladder was climbed meanwhile
    EXPECT_EQ(attempts.wait(Trouble::http, false, {}, 0s), 5000);
    EXPECT_EQ(attempts.wait(Trouble::http, false, {}, 24h), 900000);
    EXPECT_EQ(attempts.wait(Trouble::network, true, {}, 2s), 2000);
}

TEST(Reconnect, JitterOnlyLengthens) {
    Ladders ladders = bare();
    ladders.jitter = 0.1;
    std::int64_t least = 1 << 30;
    std::int64_t most = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const auto wait = Attempts(ladders, seed).wait(Trouble::http);
        least = std::min(least, wait);
        most = std::max(most, wait);
    }
    EXPECT_GE(least, 5000);
    EXPECT_LE(most, 5500);
    EXPECT_LT(least, 5010);  // and it uses its whole breadth
    EXPECT_GT(most, 5490);
}

TEST(Options, ScaledAreAllWaits) {
    Options options;
    options.retry_for = 100s;
    options.duration = 100s;
    const Options small = scaled(options, 0.01);
    EXPECT_EQ(small.ladders.network.first, 2500us);
    EXPECT_EQ(small.ladders.network.add, 2500us);
    EXPECT_EQ(small.ladders.network.cap, 160ms);
    EXPECT_EQ(small.ladders.http.first, 50ms);
    EXPECT_EQ(small.ladders.http.factor, 2);
    EXPECT_EQ(small.ladders.http.cap, 3200ms);
    EXPECT_EQ(small.ladders.limit.cap, 9s);
    EXPECT_EQ(small.ladders.floor, 2500us);
    EXPECT_EQ(small.stall, 900ms);
    EXPECT_EQ(small.settled, 100ms);
    EXPECT_EQ(small.retry_for, 1s);
    EXPECT_EQ(small.duration, 100s);  // what the user asked for, not a wait
    EXPECT_EQ(scaled(options, 1).stall, options.stall);
}

}  // namespace
}  // namespace bradawl::feed
