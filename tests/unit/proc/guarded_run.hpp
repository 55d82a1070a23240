#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/unique_fd.hpp"
#include "proc/supervise.hpp"

namespace bradawl::proc {

/// The time on the line of deadlines.
TimePoint boot_now();

/// So far away that no test sees it.
TimePoint never();

/// A named pipe that a command opens for writing (`exec 9>NAME`). Whoever inherits the descriptor is seen to live: only
/// when all have gone does reading come to an end.
class Witness {
public:
    Witness();
    ~Witness();
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

    const std::string& path() const { return path_; }

    /// The next line that somebody wrote. Waits for it, a minute at most.
    std::string line();

    /// All who could write have gone. Does not wait.
    bool all_gone();
    /// The same; waits for it, a minute at most.
    bool all_gone_soon();

private:
    bool fill(int timeout_ms);

    std::string folder_;
    std::string path_;
    UniqueFd read_end_;
    std::string read_;
    bool ended_ = false;
};

/// Records what supervise() tells, and calls what a test sets.
struct Recorder : SuperviseWatcher {
    void started(pid_t pid) override {
        process = pid;
        if (on_started) on_started(pid);
    }
    void left_behind(unsigned count) override {
        left.push_back(count);
        if (on_left_behind) on_left_behind();
    }
    void forwarded(int signal) override { signals.push_back(signal); }
    void ending(GuardedEnd::Kind why) override { endings.push_back(why); }

    std::function<void(pid_t)> on_started;
    std::function<void()> on_left_behind;
    std::optional<pid_t> process;
    std::vector<unsigned> left;
    std::vector<int> signals;
    std::vector<GuardedEnd::Kind> endings;
};

/// The shell with `script`, and `witness` as its $1.
GuardedCommand shell(const std::string& script, const Witness& witness);
GuardedCommand shell(const std::string& script);

/// Runs `command` under a guardian of its own, with no deadline.
GuardedEnd run(const GuardedCommand& command);

/// A process forked to do `work`, whose result is its exit code.
pid_t forked(const std::function<int()>& work);

/// Waits for the end of child `pid`: its exit code, or 128 + signal.
int exit_of(pid_t pid);

}  // namespace bradawl::proc
