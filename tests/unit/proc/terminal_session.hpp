#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "core/unique_fd.hpp"

namespace bradawl::proc {

/// A session on a terminal of its own, whose leader plays a shell with job control: it runs one job, in the foreground
/// at first, and tells how the job fares.
class TerminalSession {
public:
    /// `job` is run by the job's first process; its result is the job's exit code.
    explicit TerminalSession(const std::function<int()>& job);
    ~TerminalSession();
    TerminalSession(const TerminalSession&) = delete;
    TerminalSession& operator=(const TerminalSession&) = delete;

    /// Presses keys.
    void type(const std::string& keys);
    /// Waits until `text` was printed on the terminal, a minute at most, and forgets all up to its end.
    bool printed(const std::string& text);

    /// The next news of the job: `stopped SIGNAL` or `ended CODE`. Waits for it, a minute at most.
    std::string news();
    /// Makes the stopped job go on, in the foreground or background.
    void foreground();
    void background();

    /// The process group in the foreground.
    pid_t holder() const;
    /// Waits until it is `group`, a minute at most.
    bool held_soon_by(pid_t group) const;
    pid_t job() const { return job_; }
    pid_t leader() const { return leader_; }

private:
    UniqueFd terminal_;
    UniqueFd news_;
    UniqueFd commands_;
    std::string screen_;
    pid_t leader_ = 0;
    pid_t job_ = 0;
};

}  // namespace bradawl::proc
