#pragma once

#include <sys/types.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "core/unique_fd.hpp"

namespace bradawl::proc {

/// What a guardian needs to become a command.
struct LaunchPlan {
    std::vector<std::string> argv;
    std::vector<std::string> environment;  ///< `NAME=value` each
    bool hand_over = false;                ///< standard input is a terminal that shall belong to the command
    int niceness = 0;                      ///< of the command, when it is more than ours
};

/// The plan in `file`, whose first `arguments` texts are arguments, each text closed by a zero byte. None, with errno
/// set, if it cannot be read.
std::optional<LaunchPlan> read_plan(int file, std::size_t arguments);

/// A process on its way to become a command.
struct Launch {
    pid_t pid = -1;   ///< -1: the system gave none, errno says why
    UniqueFd failed;  ///< without waiting: ends without data when the program runs, or the process was killed; else an
                      ///< errno comes (int)
};

/// Forks a process that leads a process group of its own, is killed when we die, has the signals in `ignored` ignored
/// and all others at their default meaning, and executes `plan`. Call with all signals blocked: what is sent to the
/// process meanwhile has its effect once its signals have their meaning. Does not wait for a program that is slow to
/// load.
Launch launch(LaunchPlan& plan, const sigset_t& ignored);

}  // namespace bradawl::proc
