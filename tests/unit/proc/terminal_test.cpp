#include "proc/terminal.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "guarded_run.hpp"
#include "terminal_session.hpp"

namespace bradawl::proc {
namespace {

const std::string stopped_by_key = "stopped " + std::to_string(SIGTSTP);

/// A job that runs `script` as a tool would.
int supervised(const std::string& script) {
    const GuardedEnd end = run(shell(script));
    return end.kind == GuardedEnd::Kind::ended ? end.code : 98;
}

/// The same with its output in a pipe to another process of the job, which is `cat`.
int supervised_in_pipeline(const std::string& script) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return 97;
    if (::fork() == 0) {
        ::dup2(ends[0], STDIN_FILENO);
        ::execlp("cat", "cat", nullptr);
        ::_exit(96);
    }
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    return supervised(script);
}

/// Says `ready`, and then a word for a key or a line.
const std::string listening = "trap 'exit 42' INT; echo ready; while :; do read line && echo \"got $line\"; done";

/// Says `ready` and goes on without the terminal. It does not start a process after that: a shell that is just about to
/// (vfork) cannot be stopped.
const std::string idling = "sleep 1000 & trap 'kill $!; exit 42' INT; echo ready; while :; do wait; done";

TEST(Terminal, BelongsToTheCommand) {
    TerminalSession session([] { return supervised("echo \"group $$.\"; read line; echo \"got $line\""); });
    EXPECT_TRUE(session.printed("group "));
    EXPECT_NE(session.holder(), session.job());
    EXPECT_NE(session.holder(), session.leader());
    session.type("word\n");
    EXPECT_TRUE(session.printed("got word"));
    EXPECT_EQ(session.news(), "ended 0");
}

TEST(Terminal, InterruptsTheCommandOnly) {
    TerminalSession session([] { return supervised(listening); });
    EXPECT_TRUE(session.printed("ready"));
    session.type("\x03");
    EXPECT_EQ(session.news(), "ended 42");
}

TEST(Terminal, IsOursAgainAfterTheCommand) {
    TerminalSession session([] {
        const pid_t before = ::tcgetpgrp(STDIN_FILENO);
        run(shell("exit 0"));
        return before == ::getpgrp() && ::tcgetpgrp(STDIN_FILENO) == before ? 0 : 1;
    });
    EXPECT_EQ(session.news(), "ended 0");
}

TEST(Terminal, IsOursAgainAfterACommandThatCouldNotRun) {
    TerminalSession session([] {
        run({{"no-such-program"}, {}, {}});
        return ::tcgetpgrp(STDIN_FILENO) == ::getpgrp() ? 0 : 1;
    });
    EXPECT_EQ(session.news(), "ended 0");
}

TEST(Terminal, StopsUsWithTheCommandAndGoesOnInTheForeground) {
    TerminalSession session([] { return supervised(listening); });
    EXPECT_TRUE(session.printed("ready"));
    const pid_t command = session.holder();
    for (int i = 0; i < 3; ++i) {
        session.type("\x1a");
        EXPECT_EQ(session.news(), stopped_by_key);
        session.foreground();
        session.type("word\n");
        EXPECT_TRUE(session.printed("got word"));
        EXPECT_EQ(session.holder(), command);
    }
    session.type("\x03");
    EXPECT_EQ(session.news(), "ended 42");
}

TEST(Terminal, StaysWithTheShellWhenWeGoOnInTheBackground) {
    Witness witness;
    const std::string script = "exec 9>" + witness.path() + "; trap 'echo on >&9' CONT; " + idling;
    TerminalSession session([&] { return supervised(script); });
    EXPECT_TRUE(session.printed("ready"));
    session.type("\x1a");
    EXPECT_EQ(session.news(), stopped_by_key);
    session.background();
    EXPECT_EQ(witness.line(), "on");
    EXPECT_EQ(session.holder(), session.leader());
    ::kill(session.job(), SIGINT);
    EXPECT_EQ(session.news(), "ended 42");
    EXPECT_EQ(session.holder(), session.leader());
}

TEST(Terminal, StaysWithTheShellThatTookIt) {
    Witness witness;
    const std::string script = "exec 9>" + witness.path() + "; trap 'echo on >&9' CONT; " + idling;
    TerminalSession session([&] { return supervised(script); });
    EXPECT_TRUE(session.printed("ready"));
    ::kill(session.job(), SIGSTOP);  // us alone: the command runs on
    EXPECT_EQ(session.news(), "stopped " + std::to_string(SIGSTOP));
    session.background();
    EXPECT_EQ(witness.line(), "on");
    ::kill(session.job(), SIGINT);
    EXPECT_EQ(session.news(), "ended 42");
    EXPECT_EQ(session.holder(), session.leader());
}

TEST(Terminal, IsGivenAgainThoughTheCommandDoesNotReadIt) {
    TerminalSession session([] { return supervised(idling); });
    EXPECT_TRUE(session.printed("ready"));
    const pid_t command = session.holder();
    EXPECT_NE(command, session.job());
    session.type("\x1a");
    EXPECT_EQ(session.news(), stopped_by_key);
    session.foreground();
    EXPECT_TRUE(session.held_soon_by(command));
    session.type("\x03");
    EXPECT_EQ(session.news(), "ended 42");
}

TEST(Terminal, IsGivenOnceWeComeToTheForeground) {
    TerminalSession session([] { return supervised("sleep 0.1 & echo ready; wait; read line; echo \"got $line\""); });
    EXPECT_TRUE(session.printed("ready"));
    session.type("\x1a");
    EXPECT_EQ(session.news(), stopped_by_key);
    session.background();  // where it reads, and is stopped for it
    EXPECT_EQ(session.news(), "stopped " + std::to_string(SIGTTIN));
    session.foreground();
    session.type("word\n");
    EXPECT_TRUE(session.printed("got word"));
    EXPECT_EQ(session.news(), "ended 0");
}

TEST(Terminal, StaysWithThePipelineAndKeysReachTheCommandThroughUs) {
    TerminalSession session([] { return supervised_in_pipeline(idling); });
    EXPECT_TRUE(session.printed("ready"));
    EXPECT_EQ(session.holder(), session.job());
    session.type("\x1a");
    EXPECT_EQ(session.news(), stopped_by_key);
    session.foreground();
    EXPECT_TRUE(session.held_soon_by(session.job()));
    session.type("\x03");
    EXPECT_EQ(session.news(), "ended 42");
}

TEST(Terminal, IsGivenToACommandInAPipelineThatReadsIt) {
    TerminalSession session([] { return supervised_in_pipeline("echo ready; read line; echo \"got $line\""); });
    EXPECT_TRUE(session.printed("ready"));
    session.type("word\n");
    EXPECT_TRUE(session.printed("got word"));
    EXPECT_EQ(session.news(), "ended 0");
}

TEST(Terminal, StopsNobodyWhereNoShellCouldGoOn) {
    // The leader itself runs the command: nobody could make it go on.
    Witness witness;
    const std::string script = "exec 9>" + witness.path() + "; trap 'echo on >&9' CONT; " + listening;
    TerminalSession session([&] {
        ::setpgid(0, ::getppid());  // the leader's group, which is an orphaned one
        ::signal(SIGTTOU, SIG_IGN);
        ::tcsetpgrp(STDIN_FILENO, ::getpgrp());
        ::signal(SIGTTOU, SIG_DFL);
        return supervised(script);
    });
    EXPECT_TRUE(session.printed("ready"));
    session.type("\x1a");
    EXPECT_EQ(witness.line(), "on");
    session.type("word\n");
    EXPECT_TRUE(session.printed("got word"));
    session.type("\x03");
    EXPECT_EQ(session.news(), "ended 42");
}

}  // namespace
}  // namespace bradawl::proc
