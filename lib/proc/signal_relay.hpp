#pragma once

#include <array>
#include <csignal>
#include <optional>

#include "core/unique_fd.hpp"

namespace bradawl::proc {

/// While it lives, signals that are meant for the command arrive here instead of doing their work: SIGTERM, SIGINT,
/// SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGTSTP and SIGCONT, but for those that are ignored. One at a time in
/// a process.
class SignalRelay {
public:
    /// Errors: Fault::io when the system gives no pipe.
    SignalRelay();
    /// Gives the signals back the meaning they had.
    ~SignalRelay();
    SignalRelay(const SignalRelay&) = delete;
    SignalRelay& operator=(const SignalRelay&) = delete;

    /// Readable when next() has something.
    int fd() const noexcept { return read_end_.get(); }

    /// The next signal that arrived, without waiting.
    std::optional<int> next() noexcept;

private:
    static constexpr std::array signals{SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGTSTP, SIGCONT};

    UniqueFd read_end_;
    UniqueFd write_end_;
    std::array<struct sigaction, signals.size()> before_{};
};

}  // namespace bradawl::proc
