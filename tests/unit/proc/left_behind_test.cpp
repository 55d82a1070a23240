#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>

#include "guarded_run.hpp"

namespace bradawl::proc {
namespace {

using namespace std::chrono_literals;
using Kind = GuardedEnd::Kind;

/// A command that ends at once with code 5, and leaves a process that ends when `release` is written to.
class LeftBehindTest : public testing::Test {
protected:
    LeftBehindTest() {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) std::abort();
        hold_.reset(ends[0]);
        release_.reset(ends[1]);
        ::fcntl(release_.get(), F_SETFD, FD_CLOEXEC);
        command_ = shell("(read word <&" + std::to_string(hold_.get()) + "; echo $word >&9) & exit 5", witness_);
    }

    GuardedEnd run_with(LeftBehind policy) {
        command_.left_behind = policy;
        Guardian guardian = Guardian::fork("guardian");
        return supervise(guardian, command_, never(), -1, recorder_);
    }
    void release() { EXPECT_EQ(::write(release_.get(), "released\n", 9), 9); }

    Witness witness_;
    UniqueFd hold_;
    UniqueFd release_;
    GuardedCommand command_;
    Recorder recorder_;
};

TEST_F(LeftBehindTest, IsWaitedFor) {
    recorder_.on_left_behind = [this] { release(); };
    const GuardedEnd end = run_with(LeftBehind::wait);
    EXPECT_EQ(end.kind, Kind::ended);
    EXPECT_EQ(end.code, 5);
    EXPECT_EQ(recorder_.left, std::vector{1U});
    EXPECT_TRUE(witness_.all_gone());
    EXPECT_EQ(witness_.line(), "released");
}

TEST_F(LeftBehindTest, IsEnded) {
    const GuardedEnd end = run_with(LeftBehind::end);
    EXPECT_EQ(end.kind, Kind::ended);
    EXPECT_EQ(end.code, 5);
    EXPECT_EQ(recorder_.left, std::vector{1U});
    EXPECT_TRUE(witness_.all_gone());
}

TEST_F(LeftBehindTest, IsKilledWhenItDoesNotListen) {
    command_ = shell("trap '' TERM; (setsid sleep 1000 &); exit 5", witness_);
    EXPECT_EQ(run_with(LeftBehind::end).code, 5);
    EXPECT_TRUE(witness_.all_gone());
}

TEST_F(LeftBehindTest, IsSeenThoughItIsHardlyBorn) {
    command_ = shell("(setsid sleep 1000 &)", witness_);
    for (int i = 0; i < 200; ++i) {
        Guardian guardian = Guardian::fork("guardian");
        guardian.start(command_, never(), false);
        for (bool ended = false; !ended;) {
            pollfd watched{guardian.fd(), POLLIN, 0};
            ASSERT_EQ(::poll(&watched, 1, 60'000), 1);
            const auto event = guardian.next();
            ended = event && event->kind == GuardianEvent::Kind::ended;
            ASSERT_TRUE(!ended || event->count == 1) << "round " << i;
        }
    }
    EXPECT_TRUE(witness_.all_gone());
}

TEST_F(LeftBehindTest, IsLeft) {
    const GuardedEnd end = run_with(LeftBehind::leave);
    EXPECT_EQ(end.kind, Kind::ended);
    EXPECT_EQ(end.code, 5);
    EXPECT_EQ(recorder_.left, std::vector{1U});
    EXPECT_FALSE(witness_.all_gone());
    release();
    EXPECT_EQ(witness_.line(), "released");
}

TEST_F(LeftBehindTest, IsLeftThoughWeAreGoneAtOnce) {
    // The guardian may learn of both at the same time.
    for (int i = 0; i < 50; ++i) {
        {
            Guardian guardian = Guardian::fork("guardian");
            guardian.start(command_, never(), false);
            for (bool ended = false; !ended;) {
                pollfd watched{guardian.fd(), POLLIN, 0};
                ASSERT_EQ(::poll(&watched, 1, 60'000), 1);
                const auto event = guardian.next();
                ended = event && event->kind == GuardianEvent::Kind::ended;
            }
            guardian.leave();
        }
        ASSERT_FALSE(witness_.all_gone());
        release();
        ASSERT_EQ(witness_.line(), "released");
    }
}

TEST_F(LeftBehindTest, GetsTheSignalsThatArrive) {
    recorder_.on_left_behind = [] { ::raise(SIGTERM); };
    EXPECT_EQ(run_with(LeftBehind::wait).code, 5);
    EXPECT_EQ(recorder_.signals, std::vector{SIGTERM});
    EXPECT_TRUE(witness_.all_gone());
}

TEST_F(LeftBehindTest, IsNotSpokenOfWhenThereIsNone) {
    command_ = shell("sleep 0 & wait; exit 5");
    EXPECT_EQ(run_with(LeftBehind::end).code, 5);
    EXPECT_TRUE(recorder_.left.empty());
}

}  // namespace
}  // namespace bradawl::proc
