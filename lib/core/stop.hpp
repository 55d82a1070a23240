#pragma once

#include <atomic>

#include "core/unique_fd.hpp"

namespace bradawl {

/// The wish that the work should end soon and in good order. A signal handler may set it; waits watch `fd()`.
class Stop {
public:
    /// Errors: Fault::io when the system gives no descriptor.
    Stop();

    /// Asks for the end because of `signal` (0: for another reason). Safe in a signal handler; the first call wins.
    void request(int signal) noexcept;

    bool requested() const noexcept { return requested_.load(std::memory_order_acquire); }
    int signal() const noexcept { return signal_.load(std::memory_order_acquire); }

    /// Readable from the moment on that a stop is asked for.
    int fd() const noexcept { return event_.get(); }

private:
    UniqueFd event_;
    std::atomic<int> signal_{0};
    std::atomic<bool> requested_{false};
};

}  // namespace bradawl
