#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "proc/child.hpp"

namespace bradawl::proc {

/// A shell command of the user's that is run for each event, one at a time and in order, while the work goes on.
class EventCommand {
public:
    /// `command` is run by `sh -c`; empty: nothing is run. `prefix`: of the variables PREFIX_EVENT and PREFIX_DETAIL
    /// that tell it what happened.
    EventCommand(std::string command, std::string prefix) : command_(std::move(command)), prefix_(std::move(prefix)) {}

    /// Something happened: the command is run for it now, or once it has ended for the event before. When many wait,
    /// the oldest is given up. Errors: Fault::io when the shell cannot be started.
    void tell(std::string_view event, std::string_view detail);

    /// Starts what waits, if the command before has ended. Call now and then. Errors: as for tell().
    void poll();

private:
    static constexpr std::size_t most_waiting = 16;

    std::string command_;
    std::string prefix_;
    std::optional<Child> running_;
    std::deque<std::pair<std::string, std::string>> waiting_;
};

}  // namespace bradawl::proc
