#include "proc/guardian.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "guarded_run.hpp"
#include "proc/child.hpp"

namespace bradawl::proc {
namespace {

using namespace std::chrono_literals;
using Kind = GuardedEnd::Kind;

/// A tree that only SIGKILL ends: the command, and a daemon in a session of its own.
const std::string stubborn = "trap '' TERM HUP; (setsid sleep 1000 &); echo ready >&9; sleep 1000; sleep 1000";

/// A process that runs `command` as a tool would, and ends with its kind.
pid_t forked_main(const GuardedCommand& command, TimePoint kill_at) {
    return forked([=] {
        Guardian guardian = Guardian::fork("guardian");
        SuperviseWatcher watcher;
        return static_cast<int>(supervise(guardian, command, kill_at, -1, watcher).kind);
    });
}

void print_distance(TimePoint kill_at) {
    const auto early = std::chrono::duration_cast<std::chrono::microseconds>(kill_at - boot_now());
    std::cout << "the last descendant was gone " << early.count() << " us before the deadline\n";
}

bool is_stopped(pid_t pid) {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid), &info, WSTOPPED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

TEST(Guardian, MeetsTheDeadlineWhenWeAreStopped) {
    Witness witness;
    const TimePoint kill_at = boot_now() + 2s;
    const pid_t main = forked_main(shell(stubborn, witness), kill_at);
    EXPECT_EQ(witness.line(), "ready");
    ::kill(main, SIGSTOP);
    EXPECT_TRUE(witness.all_gone_soon());
    print_distance(kill_at);
    EXPECT_TRUE(is_stopped(main)) << "the tree must have gone without our help";
    ::kill(main, SIGCONT);
    EXPECT_EQ(exit_of(main), static_cast<int>(Kind::lapsed));
}

TEST(Guardian, EndsTheTreeWhenWeAreKilled) {
    Witness witness;
    const pid_t main = forked_main(shell("(setsid sleep 1000 &); echo ready >&9; sleep 1000", witness), never());
    EXPECT_EQ(witness.line(), "ready");
    ::kill(main, SIGKILL);
    EXPECT_EQ(exit_of(main), 128 + SIGKILL);
    EXPECT_TRUE(witness.all_gone_soon());
}

TEST(Guardian, KillsTheTreeWhenWeAreKilledAndItDoesNotListen) {
    Witness witness;
    const pid_t main = forked_main(shell(stubborn, witness), never());
    EXPECT_EQ(witness.line(), "ready");
    ::kill(main, SIGKILL);
    EXPECT_EQ(exit_of(main), 128 + SIGKILL);
    EXPECT_TRUE(witness.all_gone_soon());
}

TEST(Guardian, KillsTheTreeWhenWeAreKilledInGroup) {
    Witness witness;
    const pid_t main = forked([&] {
        ::setpgid(0, 0);
        Guardian guardian = Guardian::fork("guardian");
        SuperviseWatcher watcher;
        supervise(guardian, shell(stubborn, witness), never(), -1, watcher);
        return 0;
    });
    EXPECT_EQ(witness.line(), "ready");
    ::kill(-main, SIGKILL);
    EXPECT_EQ(exit_of(main), 128 + SIGKILL);
    EXPECT_TRUE(witness.all_gone_soon());
}

TEST(Guardian, TakesTheCommandWithItWhenKilled) {
    Witness witness;
    Guardian guardian = Guardian::fork("guardian");
    Recorder recorder;
    recorder.on_started = [&](pid_t) {
        EXPECT_EQ(witness.line(), "ready");
        ::kill(guardian.pid(), SIGKILL);
    };
    const GuardedEnd end = supervise(guardian, shell(stubborn, witness), never(), -1, recorder);
    EXPECT_EQ(end.kind, Kind::guardian_died);
    EXPECT_EQ(end.code, 128 + SIGKILL);
    EXPECT_TRUE(witness.all_gone());
}

TEST(Guardian, LetsNothingEscapeWhenKilledWhileDaemonsAreBorn) {
    for (int i = 0; i < 100; ++i) {
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe(ends.data()), 0);
        const UniqueFd read_end(ends[0]);
        UniqueFd write_end(ends[1]);  // which all that lives has
        Guardian guardian = Guardian::fork("guardian");
        Recorder recorder;
        recorder.on_started = [&](pid_t) {
            ::usleep(static_cast<useconds_t>(20 * i));
            ::kill(guardian.pid(), SIGKILL);
        };
        const GuardedEnd end = supervise(
            guardian, shell("(setsid sleep 1000 &); (setsid sleep 1000 &); (setsid sleep 1000 &); sleep 1000"), never(),
            -1, recorder);
        ASSERT_EQ(end.kind, Kind::guardian_died);
        write_end.reset();
        pollfd watched{read_end.get(), POLLIN, 0};
        ASSERT_EQ(::poll(&watched, 1, 0), 1) << "round " << i;
    }
}

TEST(Guardian, LeavesOurOtherChildrenAlone) {
    Witness witness;
    Guardian guardian = Guardian::fork("guardian");
    Child other = Child::start({"sleep", "1000"}, {});
    Recorder recorder;
    recorder.on_started = [&](pid_t) { ::kill(guardian.pid(), SIGKILL); };
    EXPECT_EQ(supervise(guardian, shell(stubborn, witness), never(), -1, recorder).kind, Kind::guardian_died);
    EXPECT_FALSE(other.poll());
    ::kill(other.pid(), SIGTERM);
    EXPECT_EQ(other.wait().code, 128 + SIGTERM) << "a signal of another kind, and not reaped by another";
}

TEST(Guardian, IsNotEndedBySignals) {
    Witness witness;
    Guardian guardian = Guardian::fork("guardian");
    Recorder recorder;
    recorder.on_started = [&](pid_t pid) {
        EXPECT_EQ(witness.line(), "ready");
        for (int signal = 1; signal <= SIGRTMAX; ++signal)
            if (signal != SIGKILL && signal != SIGSTOP && (signal < 32 || signal >= SIGRTMIN))  // those are libc's own
                ::kill(guardian.pid(), signal);
        ::kill(pid, SIGUSR1);
    };
    const auto command = shell("trap 'exit 9' USR1; echo ready >&9; while :; do sleep 0.01; done", witness);
    const GuardedEnd end = supervise(guardian, command, never(), -1, recorder);
    EXPECT_EQ(end.kind, Kind::ended);
    EXPECT_EQ(end.code, 9);
}

TEST(Guardian, IsWokenToEndTheCommand) {
    Witness witness;
    Guardian guardian = Guardian::fork("guardian");
    guardian.start(shell(stubborn, witness), never(), false);
    EXPECT_EQ(witness.line(), "ready");
    ::kill(guardian.pid(), SIGSTOP);
    for (int i = 0; i < 100'000; ++i)
        guardian.extend(never());  // more than it can hold, without waiting
    guardian.end();
    EXPECT_TRUE(witness.all_gone_soon());
}

TEST(Guardian, DoesNotWaitForUsToListen) {
    Witness witness;
    Guardian guardian = Guardian::fork("guardian");
    guardian.start(shell("echo $$ >&9; exec sleep 1000", witness), never(), false);
    const pid_t pid = std::stoi(witness.line());
    // More news than there is room for, as long as nobody reads them: a pause, so that they do not fall into one.
    for (int i = 0; i < 1000; ++i) {
        ::kill(pid, i % 2 == 0 ? SIGSTOP : SIGCONT);
        ::usleep(200);
    }
    guardian.end();
    EXPECT_TRUE(witness.all_gone_soon());
    std::vector<GuardianEvent::Kind> last;
    while (last.empty() || last.back() != GuardianEvent::Kind::gone) {
        pollfd watched{guardian.fd(), POLLIN, 0};
        ASSERT_EQ(::poll(&watched, 1, 60'000), 1);
        if (const auto event = guardian.next(); event && event->kind >= GuardianEvent::Kind::ended)
            last.push_back(event->kind);
    }
    EXPECT_EQ(last, (std::vector{GuardianEvent::Kind::ended, GuardianEvent::Kind::gone})) << "what matters is told";
}

TEST(Guardian, EndsWithoutEverHavingStartedAnything) {
    const pid_t pid = Guardian::fork("guardian").pid();
    EXPECT_EQ(::kill(pid, 0), -1) << "it must have been reaped";
}

}  // namespace
}  // namespace bradawl::proc
