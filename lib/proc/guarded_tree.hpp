#pragma once

#include <sys/types.h>

#include <csignal>
#include <functional>
#include <initializer_list>
#include <optional>

#include "proc/guardian.hpp"
#include "proc/launch.hpp"

namespace bradawl::proc {

/// The command of a guardian and all its descendants, seen from the guardian, whose only children they are.
class GuardedTree {
public:
    using Tell = std::function<void(GuardianEvent)>;

    /// `tell` hears of all that happens to the command, up to `gone`.
    explicit GuardedTree(Tell tell) : tell_(std::move(tell)) {}

    /// Starts the command. Once in the tree's life; see launch().
    void start(LaunchPlan& plan, const sigset_t& ignored);

    /// The command or a descendant of it lives, as far as the last reap() knows.
    bool lives() const noexcept { return lives_; }

    /// Readable when learn_launch() has something; -1 if it will have nothing.
    int launching_fd() const noexcept { return launching_.get(); }
    /// Tells whether the program could be executed, if that is decided.
    void learn_launch();

    /// Takes note of children that ended, stopped or went on. To be called after SIGCHLD.
    void reap();

    /// Sends `signal` to the command's process group; once the command has ended, to all descendants.
    void signal_command(int signal) const;

    /// Sends each of `signals` to every descendant once.
    void signal_all(std::initializer_list<int> signals) const;

private:
    std::optional<int> reap_children();

    Tell tell_;
    UniqueFd launching_;  // Launch::failed, until it has told
    pid_t command_ = 0;
    bool command_lives_ = false;
    bool lives_ = false;
};

}  // namespace bradawl::proc
