#include "lock/waiter.hpp"

#include "expect_error.hpp"
#include "fake_store.hpp"

namespace bradawl::lock {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class WaiterTest : public testing::Test {
protected:
    FakeClock clock_;
    FakeStore store_{clock_};
    Stop stop_;
    Random random_{7};
    Told told_;
    Waiter waiter_{store_, clock_, stop_, random_, told_};
};

TEST_F(WaiterTest, AFreeLockCostsOneOperation) {
    const auto outcome = waiter_.acquire(claim_of("me"), Duration::zero());
    ASSERT_TRUE(outcome.lease);
    EXPECT_EQ(outcome.lease->token, 1u);
    EXPECT_EQ(outcome.lease->asked, clock_.now());
    EXPECT_EQ(store_.calls_, std::vector<std::string>{"acquire"});
}

TEST_F(WaiterTest, WithoutAWaitTheHolderIsTold) {
    store_.take("other");
    const auto outcome = waiter_.acquire(claim_of("me"), Duration::zero());
    EXPECT_FALSE(outcome.lease);
    ASSERT_EQ(outcome.state.holders.size(), 1u);
    EXPECT_EQ(outcome.state.holders.front().owner, "the other");
    EXPECT_TRUE(clock_.slept_.empty());
    EXPECT_TRUE(told_.told_.empty());
}

TEST_F(WaiterTest, AWaiterAsksNoMoreThanFourTimesASecond) {
    store_.take("other");
    const auto outcome = waiter_.acquire(claim_of("me"), seconds(60));
    EXPECT_FALSE(outcome.lease);
    EXPECT_LE(store_.calls_.size(), 60u * 4 + 5);
    EXPECT_GE(store_.calls_.size(), 60u * 3);
    EXPECT_EQ(told_.told_, std::vector<std::string>{"busy: the other"});
}

TEST_F(WaiterTest, AShortLeaseThatIsRenewedAgainAndAgainMakesNobodyAskMore) {
    store_.take("other");
    for (int i = 0; i < 1000; ++i)
        store_.script_.push_back([this](const std::string&) { store_.until_ = clock_.now() + milliseconds(60); });
    waiter_.acquire(claim_of("me"), seconds(60));
    EXPECT_LE(store_.calls_.size(), 60u * 4 + 5);
}

TEST_F(WaiterTest, TheEndOfALeaseIsAskedForAtOnce) {
    store_.take("other");
    store_.until_ = clock_.now() + milliseconds(1100);
    const auto outcome = waiter_.acquire(claim_of("me"), seconds(5));
    ASSERT_TRUE(outcome.lease);
    EXPECT_LE(outcome.lease->asked, *(store_.until_ = clock_.now()));
    EXPECT_LE(clock_.now() - TimePoint(std::chrono::hours(1)), milliseconds(1130));
}

TEST_F(WaiterTest, ALostReplyIsAskedForAgainWithoutAWait) {
    store_.lose_reply(true);
    const auto outcome = waiter_.acquire(claim_of("me"), Duration::zero());
    ASSERT_TRUE(outcome.lease);
    EXPECT_EQ(outcome.lease->token, 1u);  // the first request's, no second grant
}

TEST_F(WaiterTest, AnAwayStoreIsGivenUpAtOnceWithoutAWait) {
    store_.be_away();
    expect_error(Fault::unavailable, "nobody there", [&] { waiter_.acquire(claim_of("me"), Duration::zero()); });
    EXPECT_TRUE(clock_.slept_.empty());
}

TEST_F(WaiterTest, AnAwayStoreIsAskedAgainAsLongAsThereIsTime) {
    for (int i = 0; i < 5; ++i)
        store_.be_away();
    EXPECT_TRUE(waiter_.acquire(claim_of("me"), seconds(20)).lease);
    EXPECT_EQ(told_.told_, std::vector<std::string>{"away: nobody there"});
}

TEST_F(WaiterTest, WhatMayHaveBeenGotIsGivenBackOnLeaving) {
    for (int i = 0; i < 100; ++i)
        store_.lose_reply(true);
    // Nobody answers until the release.
    store_.script_.erase(store_.script_.begin() + 30, store_.script_.end());
    clock_.stop_at_sleep_ = false;
    const TimePoint begin = clock_.now();
    try {
        waiter_.acquire(claim_of("me"), Duration::zero());
    } catch (const Away&) {
    }
    // Either the replies came back in the end, or the lock was given back.
    if (store_.calls_.back() == "release") {
        EXPECT_TRUE(store_.holder_.empty());
        EXPECT_GE(clock_.now() - begin, seconds(2));
    } else {
        EXPECT_EQ(store_.holder_, "me");
    }
}

TEST_F(WaiterTest, AStopWhileTheFateIsUnknownGivesBack) {
    store_.lose_reply(true);
    clock_.stop_at_sleep_ = true;
    stop_.request(15);
    const auto outcome = waiter_.acquire(claim_of("me"), seconds(5));
    EXPECT_FALSE(outcome.lease);
    EXPECT_TRUE(outcome.stopped);
    EXPECT_EQ(store_.calls_.back(), "release");
    EXPECT_TRUE(store_.holder_.empty());
}

TEST_F(WaiterTest, AStopThatComesWithTheGrantGivesBack) {
    store_.script_.push_back([this](const std::string&) { stop_.request(15); });
    const auto outcome = waiter_.acquire(claim_of("me"), seconds(5));
    EXPECT_FALSE(outcome.lease);
    EXPECT_TRUE(outcome.stopped);
    EXPECT_TRUE(store_.holder_.empty());
}

TEST_F(WaiterTest, AGrantThatTookMostOfItsLeaseIsAskedForAnew) {
    store_.script_.push_back([this](const std::string&) { clock_.now_ += seconds(8); });
    const auto outcome = waiter_.acquire(claim_of("me"), Duration::zero());
    ASSERT_TRUE(outcome.lease);
    EXPECT_EQ(outcome.lease->asked, clock_.now());
    EXPECT_EQ(store_.calls_.size(), 2u);
}

TEST_F(WaiterTest, AReleaseWhoseReplyWasLostHasReleased) {
    store_.take("me");
    store_.lose_reply(true);
    EXPECT_TRUE(waiter_.release("x", "me", Duration::zero()));
    EXPECT_FALSE(waiter_.release("x", "me", Duration::zero()));
}

TEST_F(WaiterTest, ARenewalWhoseReplyWasLostIsSentAgain) {
    store_.take("me");
    store_.lose_reply(false);
    EXPECT_TRUE(waiter_.renew("x", "me", std::nullopt, Duration::zero()));
    EXPECT_FALSE(waiter_.renew("x", "another", std::nullopt, Duration::zero()));
}

TEST_F(WaiterTest, WaitingForFreeAndForHeld) {
    EXPECT_TRUE(waiter_.wait_until("x", false, Duration::zero()));
    EXPECT_FALSE(waiter_.wait_until("x", true, seconds(1)));
    store_.take("other");
    EXPECT_FALSE(waiter_.wait_until("x", false, seconds(1)));
    EXPECT_TRUE(waiter_.wait_until("x", true, Duration::zero()));
    store_.until_ = clock_.now() + seconds(3);
    EXPECT_TRUE(waiter_.wait_until("x", false, no_limit));
}

}  // namespace
}  // namespace bradawl::lock
