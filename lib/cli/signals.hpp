#pragma once

#include "core/stop.hpp"

namespace bradawl::cli {

/// SIGINT, SIGTERM and SIGHUP ask `stop`; the second of them ends the process at once. A signal that was ignored when
/// the process began (nohup, a shell's background job) stays ignored. SIGPIPE and SIGXFSZ become errors of write().
void install_signals(Stop& stop);

/// SIGUSR1 asks for a look at the work so far: returns whether one was asked for since the last call. The first call
/// begins to listen.
bool take_snapshot_request();

/// Ends the process by `signal`, with its default meaning, so that the parent sees 128 + `signal`.
[[noreturn]] void die_by(int signal);

}  // namespace bradawl::cli
