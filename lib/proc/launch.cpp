#include "proc/launch.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace bradawl::proc {

namespace {

/// The rest of the forked process's life as ours. Returns only with errno set.
void become(LaunchPlan& plan, pid_t parent, const sigset_t& ignored) {
    ::setpgid(0, 0);
    if (::prctl(PR_SET_PDEATHSIG, static_cast<unsigned long>(SIGKILL), 0UL, 0UL, 0UL) != 0) return;
    if (::getppid() != parent) ::_exit(128 + SIGKILL);  // it died before it was watched
    // SIGTTOU is blocked, so the background may do this. A terminal that hung up meanwhile is no reason not to run.
    if (plan.hand_over) ::tcsetpgrp(STDIN_FILENO, ::getpid());
    // Reset with the policy of a guardian that comes before others.
    if (plan.niceness > ::getpriority(PRIO_PROCESS, 0)) ::setpriority(PRIO_PROCESS, 0, plan.niceness);
    for (auto& variable : plan.environment)
        ::putenv(variable.data());
    std::vector<char*> argv;
    for (auto& argument : plan.argv)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction action {};
        action.sa_handler = sigismember(&ignored, signal) == 1 ? SIG_IGN : SIG_DFL;
        ::sigaction(signal, &action, nullptr);
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execvp(argv.front(), argv.data());
}

}  // namespace

std::optional<LaunchPlan> read_plan(int file, std::size_t arguments) {
    struct stat status {};
    if (::fstat(file, &status) != 0) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t got = ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (got == 0) errno = EIO;
        if (got == 0 || (got < 0 && errno != EINTR)) return std::nullopt;
        if (got > 0) done += static_cast<std::size_t>(got);
    }
    LaunchPlan plan;
    for (std::size_t at = 0; at < bytes.size(); at += std::strlen(&bytes[at]) + 1) {
        auto& texts = plan.argv.size() < arguments ? plan.argv : plan.environment;
        texts.emplace_back(&bytes[at]);
    }
    return plan;
}

Launch launch(LaunchPlan& plan, const sigset_t& ignored) {
    Launch launched;
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return launched;
    launched.failed.reset(ends[0]);
    const UniqueFd tell(ends[1]);
    const pid_t parent = ::getpid();
    launched.pid = ::fork();
    if (launched.pid == 0) {
        become(plan, parent, ignored);
        const int error = errno;
        [[maybe_unused]] const ssize_t written = ::write(tell.get(), &error, sizeof error);
        ::_exit(127);
    }
    // Here too: nobody can tell which of the two processes comes first, and both need the group.
    if (launched.pid > 0) ::setpgid(launched.pid, launched.pid);
    return launched;
}

}  // namespace bradawl::proc
