#pragma once

#include <sys/types.h>

#include <csignal>

#include "core/unique_fd.hpp"

namespace bradawl::proc {

/// The terminal of our session, which a command in a process group of its own is to use as if it were in ours
/// (tcsetpgrp(3), and "Job Control" in the manual of the GNU C library). It is handed over only while our own group is
/// in the foreground, and taken back before we stop or end.
class Terminal {
public:
    Terminal();
    /// Takes the terminal back.
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// Our session has a terminal.
    bool exists() const noexcept { return static_cast<bool>(terminal_); }

    /// Our process group is in the foreground.
    bool in_foreground() const noexcept;

    /// Our process group is in the foreground, and standard input and output are the terminal: not so in a pipeline,
    /// where a pager may be the one that reads keys.
    bool may_be_handed_over() const noexcept;

    /// Notes that the command takes the terminal by itself. Until take_back() or offer(), SIGTTOU is ignored.
    void handed_over() noexcept;

    /// Gives the terminal to process group `group`; false when the system refuses.
    bool give(pid_t group) noexcept;

    /// After we went on: gives the terminal to process group `group` if it may_be_handed_over(); notes when it was
    /// given but somebody else, the shell, has it now.
    void offer(pid_t group) noexcept;

    /// Takes the terminal for our own group, if it was given.
    void take_back() noexcept;

    /// Takes the terminal back and stops this process as `signal` (SIGSTOP, SIGTSTP, SIGTTIN or SIGTTOU) would, and
    /// if it had been given, and for all but SIGSTOP, the others in our process group too: so the terminal would have
    /// done. Returns when we go on; at once if no shell could make us go on (an orphaned process group, which only
    /// SIGSTOP stops).
    void stop(int signal) noexcept;

private:
    void forget() noexcept;

    UniqueFd terminal_;
    bool given_ = false;
    struct sigaction ttou_before_ {};
};

}  // namespace bradawl::proc
