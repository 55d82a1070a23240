#include "proc/signal_relay.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "guarded_run.hpp"

namespace bradawl::proc {
namespace {

using Kind = GuardedEnd::Kind;

constexpr std::array relayed{SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGTSTP, SIGCONT};

bool is(int signal, void (*meaning)(int)) {
    struct sigaction now {};
    ::sigaction(signal, nullptr, &now);
    return now.sa_handler == meaning;
}

TEST(SignalRelay, GivesSignalsInOrder) {
    SignalRelay relay;
    EXPECT_FALSE(relay.next());
    for (const int signal : relayed)
        ::raise(signal);
    for (const int signal : relayed)
        EXPECT_EQ(relay.next(), signal);
    EXPECT_FALSE(relay.next());
}

TEST(SignalRelay, NeverWaitsForARoomInItsPipe) {
    SignalRelay relay;
    for (int i = 0; i < 100'000; ++i)
        ::raise(SIGUSR1);
    EXPECT_EQ(relay.next(), SIGUSR1);
}

TEST(SignalRelay, GivesSignalsTheirMeaningBack) {
    { const SignalRelay relay; }
    for (const int signal : relayed)
        EXPECT_TRUE(is(signal, SIG_DFL)) << signal;
}

TEST(SignalRelay, LeavesIgnoredSignalsIgnored) {
    ::signal(SIGHUP, SIG_IGN);
    {
        SignalRelay relay;
        ::raise(SIGHUP);
        EXPECT_FALSE(relay.next());
    }
    EXPECT_TRUE(is(SIGHUP, SIG_IGN));
    ::signal(SIGHUP, SIG_DFL);
}

TEST(SignalRelay, ReachesTheCommand) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2}) {
        Witness witness;
        Guardian guardian = Guardian::fork("guardian");
        Recorder recorder;
        recorder.on_started = [&](pid_t) {
            EXPECT_EQ(witness.line(), "ready");
            ::raise(signal);
        };
        const auto command = shell(
            "trap 'exit 31' " + std::to_string(signal) + "; echo ready >&9; while :; do sleep 0.01; done", witness);
        EXPECT_EQ(supervise(guardian, command, never(), -1, recorder).code, 31);
        EXPECT_EQ(recorder.signals, std::vector{signal});
    }
}

TEST(SignalRelay, ReachesTheCommandsWholeGroup) {
    Witness witness;
    Guardian guardian = Guardian::fork("guardian");
    Recorder recorder;
    recorder.on_started = [&](pid_t) {
        EXPECT_EQ(witness.line(), "ready");
        ::raise(SIGTERM);
    };
    const GuardedEnd end =
        supervise(guardian, shell("sleep 1000 & echo ready >&9; sleep 1000", witness), never(), -1, recorder);
    EXPECT_EQ(end.kind, Kind::ended);
    EXPECT_EQ(end.code, 128 + SIGTERM);
    EXPECT_TRUE(witness.all_gone());
}

TEST(SignalRelay, ReachesACommandThatHasHardlyBegun) {
    Guardian guardian = Guardian::fork("guardian");
    for (int i = 0; i < 3; ++i)
        guardian.extend(never());
    guardian.start(shell("exec sleep 1000"), never(), false);
    guardian.signal(SIGTERM);
    for (;;) {
        const auto event = guardian.next();
        if (!event) ::usleep(1000);
        if (!event || event->kind != GuardianEvent::Kind::ended) continue;
        EXPECT_EQ(event->number, 128 + SIGTERM);
        break;
    }
}

}  // namespace
}  // namespace bradawl::proc
