#pragma once

namespace bradawl::proc {

/// What to do with processes that outlive the command that started them.
enum class LeftBehind {
    wait,   ///< wait until the last of them has ended
    end,    ///< end them: SIGTERM, the grace, SIGKILL
    leave,  ///< let them run
};

}  // namespace bradawl::proc
