#include "proc/supervise.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "guarded_run.hpp"

namespace bradawl::proc {
namespace {

using namespace std::chrono_literals;
using Kind = GuardedEnd::Kind;

TEST(Supervise, TellsTheExitCode) {
    for (const int code : {0, 7, 255}) {
        const GuardedEnd end = run(shell("exit " + std::to_string(code)));
        EXPECT_EQ(end.kind, Kind::ended);
        EXPECT_EQ(end.code, code);
    }
}

TEST(Supervise, TellsTheSignalThatEndedTheCommand) {
    EXPECT_EQ(run(shell("kill -TERM $$")).code, 128 + SIGTERM);
    EXPECT_EQ(run(shell("kill -KILL $$")).code, 128 + SIGKILL);
    EXPECT_EQ(run(shell("kill -KILL $$")).kind, Kind::ended);
}

TEST(Supervise, TellsWhyACommandCannotRun) {
    const GuardedEnd missing = run({{"no-such-program"}, {}, 0s});
    EXPECT_EQ(missing.kind, Kind::not_started);
    EXPECT_EQ(missing.code, ENOENT);
    const GuardedEnd refused = run({{"/dev/null"}, {}, 0s});
    EXPECT_EQ(refused.kind, Kind::not_started);
    EXPECT_EQ(refused.code, EACCES);
}

TEST(Supervise, TellsThatTheCommandRuns) {
    Guardian guardian = Guardian::fork("guardian");
    Recorder recorder;
    Witness witness;
    EXPECT_EQ(supervise(guardian, shell("echo $$ >&9", witness), never(), -1, recorder).code, 0);
    EXPECT_EQ(std::to_string(recorder.process.value()), witness.line());
    EXPECT_TRUE(recorder.left.empty());
    EXPECT_TRUE(recorder.endings.empty());
}

TEST(Supervise, TheCommandHasOurEnvironmentAndMore) {
    ASSERT_EQ(::setenv("GUARDED_OURS", "ours", 1), 0);
    ASSERT_EQ(::setenv("GUARDED_BOTH", "old", 1), 0);
    Witness witness;
    GuardedCommand command =
        shell("echo $GUARDED_OURS $GUARDED_BOTH $GUARDED_MORE >&9; env | grep -c BOTH >&9", witness);
    command.environment = {"GUARDED_BOTH=new", "GUARDED_MORE=a=b"};
    EXPECT_EQ(run(command).code, 0);
    EXPECT_EQ(witness.line(), "ours new a=b");
    EXPECT_EQ(witness.line(), "1") << "one variable of a name";
}

TEST(Supervise, TheCommandIsFoundThroughItsOwnPath) {
    std::string folder = "/tmp/guarded-XXXXXX";
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    const std::string program = folder + "/guarded-program";
    std::ofstream(program) << "#!/bin/sh\nexit 23\n";
    ASSERT_EQ(::chmod(program.c_str(), 0700), 0);
    EXPECT_EQ(run({{"guarded-program"}, {"PATH=" + folder}, 0s}).code, 23);
    ::unlink(program.c_str());
    ::rmdir(folder.c_str());
}

TEST(Supervise, TheCommandInheritsDescriptors) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const UniqueFd read_end(ends[0]);
    UniqueFd write_end(ends[1]);
    const UniqueFd hidden(::fcntl(read_end.get(), F_DUPFD_CLOEXEC, 3));
    ASSERT_EQ(::write(write_end.get(), "word\n", 5), 5);
    const std::string script = "read word <&" + std::to_string(read_end.get()) +
                               "; [ $word = word ] || exit 1; [ ! -e /proc/self/fd/" + std::to_string(hidden.get()) +
                               " ]";
    EXPECT_EQ(run(shell(script)).code, 0);
}

TEST(Supervise, TheCommandHasNoDescriptorOfTheGuardians) {
    Witness witness;
    // ls has one for the folder it reads, the shell one for the witness.
    EXPECT_EQ(run(shell("ls /proc/self/fd | tr '\\n' ' ' >&9; echo >&9", witness)).code, 0);
    std::string own;
    for (int fd = 0; fd < 1024; ++fd) {
        const int flags = ::fcntl(fd, F_GETFD);
        if (flags >= 0 && (flags & FD_CLOEXEC) == 0) own += std::to_string(fd) + " ";
    }
    const std::string seen = witness.line();
    EXPECT_EQ(std::count(seen.begin(), seen.end(), ' '), std::count(own.begin(), own.end(), ' ') + 2)
        << seen << "against " << own;
}

TEST(Supervise, TakesArgumentsAsLongAsTheSystemDoes) {
    GuardedCommand command = shell("[ ${#1} = 100000 ] && [ ${#12} = 100000 ] && [ $# = 13 ] && [ -z \"${13}\" ]");
    command.argv.emplace_back("sh");
    command.argv.insert(command.argv.end(), 12, std::string(100000, 'x'));
    command.argv.emplace_back();
    command.environment = {"LONG=" + std::string(100000, 'y')};
    EXPECT_EQ(run(command).code, 0);
    command.argv.insert(command.argv.end(), 1000, std::string(100000, 'x'));
    EXPECT_EQ(run(command).code, E2BIG);
}

TEST(Supervise, TheCommandLeadsAProcessGroup) {
    EXPECT_EQ(run(shell("set -- $(cat /proc/$$/stat); [ $1 = $5 ]")).code, 0);
}

TEST(Supervise, SignalsThatWereIgnoredStayIgnored) {
    const pid_t main = forked([] {
        ::signal(SIGHUP, SIG_IGN);
        ::signal(SIGCHLD, SIG_IGN);
        const sigset_t ignored = ignored_signals();
        ::signal(SIGPIPE, SIG_IGN);  // later, and for our own sake
        sigset_t blocked;
        sigemptyset(&blocked);
        sigaddset(&blocked, SIGTERM);
        ::sigprocmask(SIG_BLOCK, &blocked, nullptr);
        // grep itself reads its state: a shell has its own ways with signals.
        for (const char* line : {"SigIgn:.0*10001", "SigBlk:.0*"}) {
            Guardian guardian = Guardian::fork("guardian", ignored);
            SuperviseWatcher watcher;
            const GuardedCommand command{{"grep", "-q", "-x", line, "/proc/self/status"}, {}, 0s};
            if (supervise(guardian, command, never(), -1, watcher).code != 0) return 1;
        }
        return 0;
    });
    EXPECT_EQ(exit_of(main), 0);
}

TEST(Supervise, EndsTheCommandWhenTheLeaseIsLost) {
    const UniqueFd lost(::eventfd(0, EFD_CLOEXEC));
    Guardian guardian = Guardian::fork("guardian");
    Recorder recorder;
    Witness witness;
    recorder.on_started = [&](pid_t) {
        EXPECT_EQ(witness.line(), "ready");
        ::eventfd_write(lost.get(), 1);
    };
    const auto command =
        shell("trap 'echo asked >&9; exit 4' TERM; echo ready >&9; while :; do sleep 0.01; done", witness);
    const GuardedEnd end = supervise(guardian, command, never(), lost.get(), recorder);
    EXPECT_EQ(end.kind, Kind::lost);
    EXPECT_EQ(end.code, 4);
    EXPECT_EQ(recorder.endings, std::vector{Kind::lost});
    EXPECT_EQ(witness.line(), "asked");
    EXPECT_TRUE(witness.all_gone());
}

TEST(Supervise, AStopThatCameBeforeIsSentOn) {
    Stop stop;
    stop.request(SIGTERM);
    Guardian guardian = Guardian::fork("guardian");
    SuperviseWatcher watcher;
    const GuardedCommand command{{"sleep", "1000"}, {}, 0s};
    const GuardedEnd end = supervise(guardian, command, never(), -1, watcher, &stop);
    EXPECT_EQ(end.kind, Kind::ended);
    EXPECT_EQ(end.code, 128 + SIGTERM);
}

TEST(Supervise, ALostLeaseKillsWhatDoesNotListen) {
    const UniqueFd lost(::eventfd(0, EFD_CLOEXEC));
    Guardian guardian = Guardian::fork("guardian");
    Recorder recorder;
    Witness witness;
    recorder.on_started = [&](pid_t) {
        EXPECT_EQ(witness.line(), "ready");
        ::eventfd_write(lost.get(), 1);
    };
    const auto command = shell("trap '' TERM; (setsid sleep 1000 &); echo ready >&9; sleep 1000", witness);
    EXPECT_EQ(supervise(guardian, command, never(), lost.get(), recorder).kind, Kind::lost);
    EXPECT_TRUE(witness.all_gone());
}

}  // namespace
}  // namespace bradawl::proc
