#include "proc/child.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string_view>

#include "core/system_error.hpp"

extern char** environ;

namespace bradawl::proc {

namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (const auto& text : texts)
        list.push_back(const_cast<char*>(text.c_str()));  // posix_spawn does not write
    list.push_back(nullptr);
    return list;
}

/// `added` and then what of our own environment it does not replace: of two of a name, shells take the last.
std::vector<std::string> environment_with(const std::vector<std::string>& added) {
    std::vector<std::string> variables(added);
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view own(*entry);
        const auto name = own.substr(0, own.find('=') + 1);
        const auto replaces = [&](const std::string& variable) { return variable.starts_with(name); };
        if (std::none_of(added.begin(), added.end(), replaces)) variables.emplace_back(own);
    }
    return variables;
}

Status status_of(int raw) {
    return {WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw)};
}

/// posix_spawn's attributes and actions, freed whatever happens.
struct Plan {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;

    Plan() {
        posix_spawnattr_init(&attributes);
        posix_spawn_file_actions_init(&actions);
        sigset_t all;
        sigset_t none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    }
    ~Plan() {
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
    }
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;
};

}  // namespace

Child Child::start(const std::vector<std::string>& argv, const std::vector<std::string>& environment) {
    const std::vector<std::string> variables = environment_with(environment);
    const Plan plan;
    pid_t pid = 0;
    const int error = posix_spawnp(&pid, argv.front().c_str(), &plan.actions, &plan.attributes, pointers(argv).data(),
                                   pointers(variables).data());
    if (error != 0) throw system_error(Fault::io, "cannot run " + argv.front(), error);
    return Child(pid);
}

std::optional<Status> Child::poll() {
    int raw = 0;
    if (!status_ && ::waitpid(pid_, &raw, WNOHANG) == pid_) status_ = status_of(raw);
    return status_;
}

Status Child::wait() {
    int raw = 0;
    while (!status_) {
        if (::waitpid(pid_, &raw, 0) == pid_) {
            status_ = status_of(raw);
        } else if (errno != EINTR) {
            throw system_error(Fault::internal, "waitpid", errno);
        }
    }
    return *status_;
}

}  // namespace bradawl::proc
