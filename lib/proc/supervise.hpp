#pragma once

#include <sys/types.h>

#include "core/clock.hpp"
#include "core/stop.hpp"
#include "proc/guardian.hpp"

namespace bradawl::proc {

/// How a guarded command came to its end.
struct GuardedEnd {
    enum class Kind {
        ended,          ///< by itself, or by a signal that others sent
        not_started,    ///< it could not be run; `code` is the errno: ENOENT when it was not found
        lapsed,         ///< the time was up, and the guardian ended it
        lost,           ///< `lost_fd` became readable, and the guardian ended it
        guardian_died,  ///< the guardian was killed, and the command with it
    };
    Kind kind = Kind::ended;
    int code = 0;  ///< the command's exit code, or 128 + the signal that ended it
};

/// Is told what happens while a command runs. All calls come from within supervise().
class SuperviseWatcher {
public:
    virtual ~SuperviseWatcher() = default;

    /// The command runs.
    virtual void started(pid_t /*pid*/) {}
    /// The command has ended; `count` of its descendants have not. Told once, before what GuardedCommand::left_behind
    /// asks for is done.
    virtual void left_behind(unsigned /*count*/) {}
    /// `signal` arrived here and was sent on to the command.
    virtual void forwarded(int /*signal*/) {}
    /// The time is up, or the lease is lost: the command has been sent SIGTERM.
    virtual void ending(GuardedEnd::Kind /*why*/) {}
};

/// Runs `command` under `guardian` and returns when it and all its descendants have ended, or with LeftBehind::leave
/// when the command has. Meanwhile another thread calls guardian.extend(). `lost_fd`, if not -1: once it is readable
/// the command must not go on, and is ended.
///
/// Signals that ask this process to end, stop or go on are sent on to the command (see SignalRelay). In a shell with
/// job control the command has the terminal as if it were started without us, and we stop and go on when it does (see
/// Terminal). `stop`, if not null: one that was asked for before is sent on as well. Errors: Fault::io as for
/// Guardian::start() and SignalRelay.
GuardedEnd supervise(Guardian& guardian, const GuardedCommand& command, TimePoint kill_at, int lost_fd,
                     SuperviseWatcher& watcher, const Stop* stop = nullptr);

}  // namespace bradawl::proc
