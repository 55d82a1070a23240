#include "lock/keeper.hpp"

#include <poll.h>

#include <mutex>

#include "core/system_clock.hpp"
#include "fake_store.hpp"

namespace bradawl::lock {
namespace {

using std::chrono::milliseconds;

// The keeper lives on a thread and on the real clock; the store is its alone while it runs.
class Heard : public KeepWatcher {
public:
    void kept(TimePoint) override {
        const std::lock_guard guard(mutex_);
        ++kept_;
    }
    void failing(const Error&) override {
        const std::lock_guard guard(mutex_);
        ++failing_;
    }
    int kept() {
        const std::lock_guard guard(mutex_);
        return kept_;
    }
    int failing() {
        const std::lock_guard guard(mutex_);
        return failing_;
    }

private:
    std::mutex mutex_;
    int kept_ = 0;
    int failing_ = 0;
};

class KeeperTest : public testing::Test {
protected:
    KeeperTest() {
        claim_.lease = milliseconds(300);
        store_.take("me");
    }
    void wait_for_loss(const Keeper& keeper) {
        pollfd lost{keeper.lost_fd(), POLLIN, 0};
        ASSERT_EQ(::poll(&lost, 1, 60'000), 1);
    }

    Stop stop_;
    SystemClock clock_{stop_};
    FakeClock time_;
    FakeStore store_{time_};
    Claim claim_ = claim_of("me");
    Heard heard_;
};

TEST_F(KeeperTest, RenewsAgainAndAgain) {
    Keeper keeper(store_, claim_, clock_.now(), clock_, 1, heard_);
    while (heard_.kept() < 3)
        clock_.sleep(milliseconds(5));
    keeper.stop();
    EXPECT_FALSE(keeper.is_lost());
}

TEST_F(KeeperTest, SurvivesRepliesThatAreLost) {
    claim_.lease = std::chrono::seconds(3);
    for (int i = 0; i < 3; ++i)
        store_.lose_reply(false);
    Keeper keeper(store_, claim_, clock_.now(), clock_, 1, heard_);
    while (heard_.kept() < 1)
        clock_.sleep(milliseconds(5));
    keeper.stop();
    EXPECT_FALSE(keeper.is_lost());
    EXPECT_EQ(heard_.failing(), 3);
}

TEST_F(KeeperTest, TellsWhenTheLockIsAnothers) {
    store_.holder_ = "other";
    Keeper keeper(store_, claim_, clock_.now(), clock_, 1, heard_);
    wait_for_loss(keeper);
    keeper.stop();
    EXPECT_TRUE(keeper.is_lost());
    EXPECT_EQ(heard_.kept(), 0);
}

TEST_F(KeeperTest, GivesUpAtTheEndOfTheLease) {
    for (int i = 0; i < 10'000; ++i)
        store_.be_away();
    Keeper keeper(store_, claim_, clock_.now(), clock_, 1, heard_);
    wait_for_loss(keeper);
    keeper.stop();
    EXPECT_TRUE(keeper.is_lost());
    EXPECT_GE(heard_.failing(), 1);
}

TEST_F(KeeperTest, ARefusalIsALoss) {
    store_.script_.push_back([](const std::string&) { throw Error(Fault::permission, "no longer welcome"); });
    Keeper keeper(store_, claim_, clock_.now(), clock_, 1, heard_);
    wait_for_loss(keeper);
    keeper.stop();
    EXPECT_TRUE(keeper.is_lost());
    EXPECT_EQ(heard_.failing(), 1);
}

}  // namespace
}  // namespace bradawl::lock
