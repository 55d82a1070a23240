#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace bradawl::proc {

/// How a child ended, in the shell's terms: its exit code, or 128 + the signal that ended it.
struct Status {
    int code = 0;
};

/// A process of ours, started with default signal dispositions and none of our descriptors but the standard three.
class Child {
public:
    /// Starts `argv` (found through PATH) with `environment` (`NAME=value`) added to ours; its standard output is our
    /// standard error, so that what it prints never mixes with data.
    /// Errors: Fault::io when it cannot be started.
    static Child start(const std::vector<std::string>& argv, const std::vector<std::string>& environment);

    /// The status once it has ended, without waiting.
    std::optional<Status> poll();

    /// Waits for the end.
    Status wait();

    pid_t pid() const { return pid_; }

private:
    explicit Child(pid_t pid) : pid_(pid) {}

    pid_t pid_;
    std::optional<Status> status_;
};

}  // namespace bradawl::proc
