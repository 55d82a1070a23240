#pragma once

#include <sys/types.h>

#include <vector>

namespace bradawl::proc {

/// A process as /proc shows it (proc(5), "stat").
struct ProcessEntry {
    pid_t pid = 0;
    pid_t parent = 0;
    pid_t group = 0;
    char state = 0;

    /// It has ended, and waits only for its parent to see how.
    bool ended() const { return state == 'Z' || state == 'X' || state == 'x'; }
};

/// All descendants of process `root`, parents before their children; none where /proc cannot be read. What is born or
/// loses its parent meanwhile may be missing: ask again.
std::vector<ProcessEntry> descendants_of(pid_t root);

}  // namespace bradawl::proc
