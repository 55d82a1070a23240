#pragma once

#include <sys/types.h>

#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/unique_fd.hpp"
#include "proc/left_behind.hpp"

namespace bradawl::proc {

/// A command that a guardian runs.
struct GuardedCommand {
    std::vector<std::string> argv;         ///< found through PATH, as `environment` sets it; not empty
    std::vector<std::string> environment;  ///< `NAME=value` each: added to ours, or replacing what is there
    Duration grace{};                      ///< from the wish to end (SIGTERM) to the deed (SIGKILL)
    LeftBehind left_behind = LeftBehind::wait;
};

/// What a guardian tells.
struct GuardianEvent {
    enum class Kind : int {
        started,      ///< the command runs; `number`: its process, which leads a process group
        exec_failed,  ///< it could not be started; `number`: errno
        stopped,      ///< it was stopped; `number`: by this signal
        continued,    ///< it runs again
        ended,        ///< it has ended; `number`: exit code, or 128 + signal; `count`: descendants that still live
        gone,         ///< none of its descendants lives
        lapsed,       ///< the time is up: what lives is being ended
        died,         ///< the guardian itself has died, and tells no more
    };
    Kind kind;
    int number = 0;
    unsigned count = 0;
};

/// The signals that this process ignores now. Asked first thing in main(), they are what whoever started us wants to
/// have ignored (nohup; a shell's background job).
sigset_t ignored_signals();

/// A process of our own that runs one command and ends it with all its descendants before a deadline, come what may to
/// us: when we are stopped, the deadline passes without an extension; when we die, the guardian sees it at once. If it
/// is the guardian that dies, the command dies with it, and clear_up() ends the rest.
///
/// Descendants are found by their parents (the guardian is a "child subreaper": prctl(2)), so new sessions and double
/// forks do not escape. Processes that gave themselves another user (sudo) are beyond our rights: they are waited for.
///
/// The guardian keeps all descriptors and the working directory of the moment of fork(); the command inherits them but
/// for those that are close-on-exec.
class Guardian {
public:
    /// Starts the guardian; call it early, while this process has one thread. This process becomes a child subreaper.
    /// `name`: of the guardian in process lists, cut to 15 bytes. `ignored`: signals that the command begins with
    /// ignored; all others have their default meaning. Errors: Fault::io when the system gives no process.
    static Guardian fork(std::string_view name, const sigset_t& ignored = ignored_signals());

    /// Takes leave of the guardian and waits for its end: if something of the command lives, it is ended first, as if
    /// this process had died.
    ~Guardian();
    Guardian(Guardian&& other) noexcept;
    Guardian& operator=(Guardian&&) = delete;
    Guardian(const Guardian&) = delete;
    Guardian& operator=(const Guardian&) = delete;

    /// Readable when next() has something.
    int fd() const noexcept { return socket_.get(); }
    pid_t pid() const noexcept { return pid_; }

    /// Has the command started; once in the guardian's life. At `kill_at` - grace it and all its descendants get
    /// SIGTERM, at `kill_at` SIGKILL. A command whose time is up is not started, but `lapsed`. `hand_over`: our
    /// standard input is a terminal that shall belong to the command's process group.
    /// Errors: Fault::io when the system has no room for the arguments.
    void start(const GuardedCommand& command, TimePoint kill_at, bool hand_over);

    /// Sets a later `kill_at`; any thread may. Ignored once SIGTERM was sent, and when `kill_at` is no later than
    /// before. Never waits: if the guardian does not read, the message is dropped, and the command ends the earlier.
    void extend(TimePoint kill_at) const noexcept;

    /// Sends `signal` to the command's process group; once the command has ended, to what descendants it left.
    void signal(int signal) const noexcept;

    /// SIGTERM for the command and all its descendants now, SIGKILL after the grace, or at the deadline if sooner.
    void end() const noexcept;

    /// The guardian forgets what the command left behind, and ends.
    void leave() const noexcept;

    /// The next event, without waiting.
    std::optional<GuardianEvent> next();

    /// After `died`: kills all our descendants but those in our own process group, and returns when none is left.
    void clear_up();

private:
    Guardian(UniqueFd socket, pid_t pid) noexcept : socket_(std::move(socket)), pid_(pid) {}
    void bury() noexcept;

    UniqueFd socket_;
    pid_t pid_;
};

}  // namespace bradawl::proc
