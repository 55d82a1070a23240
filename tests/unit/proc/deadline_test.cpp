#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "guarded_run.hpp"

namespace bradawl::proc {
namespace {

using namespace std::chrono_literals;
using Kind = GuardedEnd::Kind;

/// How `command` ends whose time is up in `time`, its grace included.
GuardedEnd run_for(Duration time, const GuardedCommand& command) {
    Guardian guardian = Guardian::fork("guardian");
    SuperviseWatcher watcher;
    return supervise(guardian, command, boot_now() + time, -1, watcher);
}

TEST(Deadline, EndsTheCommand) {
    Guardian guardian = Guardian::fork("guardian");
    Recorder recorder;
    const GuardedEnd end = supervise(guardian, {{"sleep", "1000"}, {}, 100ms}, boot_now() + 300ms, -1, recorder);
    EXPECT_EQ(end.kind, Kind::lapsed);
    EXPECT_EQ(end.code, 128 + SIGTERM);
    EXPECT_EQ(recorder.endings, std::vector{Kind::lapsed});
}

TEST(Deadline, LeavesTimeToEndInGoodOrder) {
    Witness witness;
    GuardedCommand command = shell("trap 'echo asked >&9; exit 3' TERM; while :; do sleep 0.01; done", witness);
    command.grace = 1h;
    const GuardedEnd end = run_for(1h + 1s, command);
    EXPECT_EQ(end.kind, Kind::lapsed);
    EXPECT_EQ(end.code, 3);
    EXPECT_EQ(witness.line(), "asked");
}

TEST(Deadline, KillsWhoeverDoesNotListen) {
    Witness witness;
    // A child, a daemon that forked twice into a session of its own, and a stopped one.
    const auto command = shell(
        "trap '' TERM; sleep 1000 & kill -STOP $!; (setsid sh -c 'echo daemon >&9; sleep 1000; exit 1' &) & wait $!; "
        "sleep 1000; sleep 1000",
        witness);
    const GuardedEnd end = run_for(500ms, command);
    EXPECT_EQ(end.kind, Kind::lapsed);
    EXPECT_EQ(end.code, 128 + SIGKILL);
    EXPECT_EQ(witness.line(), "daemon");
    EXPECT_TRUE(witness.all_gone()) << "a descendant outlived supervise()";
}

TEST(Deadline, KillsWhatForksAllTheTime) {
    Witness witness;
    // Each lives for a moment, and has begun the next by then, in another session.
    const auto command = shell(
        "trap '' TERM; echo 'trap \"\" TERM; sleep 0.01; setsid sh \"$0\" & :' >\"$1.sh\"; sh \"$1.sh\" & sleep 1000",
        witness);
    const GuardedEnd end = run_for(500ms, command);
    EXPECT_EQ(end.kind, Kind::lapsed);
    EXPECT_TRUE(witness.all_gone());
    ::unlink((witness.path() + ".sh").c_str());
}

TEST(Deadline, MovesWhenExtended) {
    Guardian guardian = Guardian::fork("guardian");
    Witness witness;
    Recorder recorder;
    const TimePoint first = boot_now() + 2s;
    std::thread waiter;
    recorder.on_started = [&](pid_t pid) {
        guardian.extend(never());
        waiter = std::thread([first, pid] {
            while (boot_now() < first + 100ms)
                ::usleep(10'000);
            ::kill(pid, SIGUSR1);
        });
    };
    const auto command = shell("trap 'exit 5' USR1; while :; do sleep 0.01; done", witness);
    const GuardedEnd end = supervise(guardian, command, first, -1, recorder);
    waiter.join();
    EXPECT_EQ(end.kind, Kind::ended);
    EXPECT_EQ(end.code, 5);
}

TEST(Deadline, IsExtendedByAnyThread) {
    Guardian guardian = Guardian::fork("guardian");
    std::atomic<bool> over{false};
    std::thread renewer;
    Recorder recorder;
    recorder.on_started = [&](pid_t) {
        renewer = std::thread([&] {
            while (!over) {
                guardian.extend(never());
                std::this_thread::yield();
            }
        });
    };
    EXPECT_EQ(supervise(guardian, shell("sleep 0.2; exit 6"), never(), -1, recorder).code, 6);
    over = true;
    renewer.join();
}

TEST(Deadline, IsFinalOnceTheCommandWasAskedToEnd) {
    Guardian guardian = Guardian::fork("guardian");
    Witness witness;
    Recorder recorder;
    std::thread extender([&] {
        EXPECT_EQ(witness.line(), "asked");
        guardian.extend(never());
    });
    GuardedCommand command =
        shell("trap 'echo asked >&9' TERM; n=0; while [ $n -lt 2000 ]; do sleep 0.01; n=$((n+1)); done", witness);
    command.grace = 500ms;
    const GuardedEnd end = supervise(guardian, command, boot_now() + 1s, -1, recorder);
    extender.join();
    EXPECT_EQ(end.kind, Kind::lapsed);
    EXPECT_EQ(end.code, 128 + SIGKILL);
}

TEST(Deadline, ThatHasPassedStartsNothing) {
    Guardian guardian = Guardian::fork("guardian");
    Recorder recorder;
    EXPECT_EQ(supervise(guardian, shell("exit 0"), boot_now(), -1, recorder).kind, Kind::lapsed);
    EXPECT_FALSE(recorder.process);
}

TEST(Deadline, AlsoCountsForWhatTheCommandLeft) {
    Witness witness;
    const GuardedEnd end = run_for(500ms, shell("trap '' TERM; (setsid sleep 1000 &); exit 8", witness));
    EXPECT_EQ(end.kind, Kind::lapsed);
    EXPECT_EQ(end.code, 8);
    EXPECT_TRUE(witness.all_gone());
}

}  // namespace
}  // namespace bradawl::proc
