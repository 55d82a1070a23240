#include "proc/guarded_tree.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

#include "proc/process_tree.hpp"

namespace bradawl::proc {

namespace {

using Event = GuardianEvent::Kind;

constexpr int most_tries = 20;

unsigned count_living() {
    const auto all = descendants_of(::getpid());
    return static_cast<unsigned>(
        std::count_if(all.begin(), all.end(), [](const ProcessEntry& process) { return !process.ended(); }));
}

}  // namespace

void GuardedTree::start(LaunchPlan& plan, const sigset_t& ignored) {
    Launch launched = launch(plan, ignored);
    if (launched.pid < 0) return tell_({Event::exec_failed, errno});
    command_ = launched.pid;
    command_lives_ = lives_ = true;
    launching_ = std::move(launched.failed);
}

void GuardedTree::learn_launch() {
    int error = 0;
    const ssize_t got = ::read(launching_.get(), &error, sizeof error);
    if (got < 0) return;
    launching_.reset();
    if (got == 0) return tell_({Event::started, command_});
    command_lives_ = false;  // there is no command, only a child of ours that is about to end
    tell_({Event::exec_failed, error});
}

/// The command's code, if it has just ended.
std::optional<int> GuardedTree::reap_children() {
    std::optional<int> code;
    pid_t changed = 0;
    for (int raw = 0; (changed = ::waitpid(-1, &raw, WNOHANG | WUNTRACED | WCONTINUED)) > 0;) {
        if (changed != command_) continue;
        if (launching_) learn_launch();
        if (!command_lives_) continue;
        if (WIFSTOPPED(raw)) {
            tell_({Event::stopped, WSTOPSIG(raw)});
        } else if (WIFCONTINUED(raw)) {
            tell_({Event::continued});
        } else {
            command_lives_ = false;
            code = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
        }
    }
    // Orphans become our children: when we have none, no descendant is left, and nothing need be looked for.
    lives_ = changed == 0;
    return code;
}

void GuardedTree::reap() {
    const bool lived = lives_;
    if (const auto code = reap_children()) {
        unsigned count = 0;
        // One that was born while the list was made is not in it, and one that is just ending is not to be counted: if
        // there is a child but none is seen, look again. In vain where /proc cannot be read.
        for (int tries = 0; lives_ && (count = count_living()) == 0 && tries < most_tries; ++tries)
            reap_children();
        tell_({Event::ended, *code, lives_ ? std::max(count, 1U) : 0});
    }
    if (lived && !lives_) tell_({Event::gone});
}

void GuardedTree::signal_command(int signal) const {
    if (command_lives_) {
        ::kill(-command_, signal);
    } else if (lives_) {
        signal_all({signal});
    }
}

void GuardedTree::signal_all(std::initializer_list<int> signals) const {
    const auto all = descendants_of(::getpid());
    // At a stroke for the command's process group. When none of ours is in it, its number may be somebody else's.
    const auto in_group = [&](const ProcessEntry& process) { return process.group == command_; };
    const bool group = command_lives_ || std::any_of(all.begin(), all.end(), in_group);
    for (const int signal : signals) {
        if (group) ::kill(-command_, signal);
        for (const auto& process : all)
            if (!in_group(process) && !process.ended()) ::kill(process.pid, signal);
    }
}

}  // namespace bradawl::proc
