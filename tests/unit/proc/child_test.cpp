#include "proc/child.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>

#include "core/unique_fd.hpp"
#include "expect_error.hpp"

namespace bradawl::proc {
namespace {

/// What `action` and its children print to standard error.
template <class Action>
std::string standard_error_of(Action action) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    const UniqueFd read(ends[0]);
    UniqueFd saved(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3));
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[1]);
    action();
    ::dup2(saved.get(), STDERR_FILENO);
    std::string text;
    std::array<char, 4096> piece{};
    for (ssize_t got = 0; (got = ::read(read.get(), piece.data(), piece.size())) > 0;)
        text.append(piece.data(), static_cast<std::size_t>(got));
    return text;
}

/// What the shell prints that runs `script`.
std::string printed(const std::string& script, const std::vector<std::string>& environment = {}) {
    return standard_error_of([&] { EXPECT_EQ(Child::start({"sh", "-c", script}, environment).wait().code, 0); });
}

int code_of(const std::string& script) {
    return Child::start({"sh", "-c", script}, {}).wait().code;
}

TEST(Child, TellsItsExitCode) {
    EXPECT_EQ(code_of("exit 0"), 0);
    EXPECT_EQ(code_of("exit 7"), 7);
    EXPECT_EQ(code_of("exit 255"), 255);
}

TEST(Child, TellsTheSignalThatEndedIt) {
    EXPECT_EQ(code_of("kill -TERM $$"), 128 + SIGTERM);
    EXPECT_EQ(code_of("kill -KILL $$"), 128 + SIGKILL);
}

TEST(Child, KeepsItsStatus) {
    Child child = Child::start({"sh", "-c", "exit 3"}, {});
    EXPECT_EQ(child.wait().code, 3);
    EXPECT_EQ(child.wait().code, 3);
    EXPECT_EQ(child.poll()->code, 3);
}

TEST(Child, IsPolledWithoutWaiting) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const UniqueFd read(ends[0]);
    UniqueFd write(ends[1]);
    ASSERT_EQ(::fcntl(write.get(), F_SETFD, FD_CLOEXEC), 0);
    // It ends when the last writer of the pipe has gone.
    Child child = Child::start({"sh", "-c", "read line <&" + std::to_string(read.get()) + "; exit 5"}, {});
    EXPECT_FALSE(child.poll());
    EXPECT_GT(child.pid(), 0);
    write.reset();
    EXPECT_EQ(child.wait().code, 5);
}

TEST(Child, IsFoundThroughPathOrNotAtAll) {
    expect_error(Fault::io, "cannot run no-such-program: no such file or directory",
                 [] { Child::start({"no-such-program"}, {}); });
    expect_error(Fault::io, "cannot run /dev/null: permission denied", [] { Child::start({"/dev/null"}, {}); });
}

TEST(Child, PrintsToStandardErrorOnly) {
    EXPECT_EQ(printed("echo out; echo err >&2"), "out\nerr\n");
}

TEST(Child, TakesItsArgumentsAsTheyAre) {
    EXPECT_EQ(standard_error_of([] {
                  Child::start({"printf", "%s,", "a b", "", "*", "$HOME"}, {}).wait();
              }),
              "a b,,*,$HOME,");
}

TEST(Child, HasOurEnvironmentAndMore) {
    ASSERT_EQ(::setenv("CHILD_TEST_OURS", "ours", 1), 0);
    EXPECT_EQ(printed("echo $CHILD_TEST_OURS $CHILD_TEST_MORE", {"CHILD_TEST_MORE=more"}), "ours more\n");
}

TEST(Child, WhatIsAddedWinsOverOurEnvironment) {
    ASSERT_EQ(::setenv("CHILD_TEST", "old", 1), 0);
    ASSERT_EQ(::setenv("CHILD_TEST_LONGER", "other", 1), 0);
    EXPECT_EQ(printed("echo $CHILD_TEST $CHILD_TEST_LONGER", {"CHILD_TEST=new"}), "new other\n");
    EXPECT_EQ(printed("env | grep -c ^CHILD_TEST=", {"CHILD_TEST=new"}), "1\n") << "one variable of a name";
}

TEST(Child, HasDefaultSignals) {
    struct sigaction ignore {};
    struct sigaction before {};
    ignore.sa_handler = SIG_IGN;
    ASSERT_EQ(::sigaction(SIGPIPE, &ignore, &before), 0);
    sigset_t blocked;
    sigset_t mask_before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    ASSERT_EQ(::pthread_sigmask(SIG_BLOCK, &blocked, &mask_before), 0);
    EXPECT_EQ(code_of("kill -PIPE $$; exit 0"), 128 + SIGPIPE);
    EXPECT_EQ(code_of("kill -TERM $$; exit 0"), 128 + SIGTERM);
    ::pthread_sigmask(SIG_SETMASK, &mask_before, nullptr);
    ::sigaction(SIGPIPE, &before, nullptr);
}

}  // namespace
}  // namespace bradawl::proc
