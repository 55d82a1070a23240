#include "core/stop.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "core/system_error.hpp"

namespace bradawl {

static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

Stop::Stop() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!event_) throw system_error(Fault::io, "eventfd", errno);
}

void Stop::request(int signal) noexcept {
    const int saved = errno;
    int none = 0;
    signal_.compare_exchange_strong(none, signal, std::memory_order_acq_rel);
    requested_.store(true, std::memory_order_release);
    const std::uint64_t one = 1;
    // The descriptor only wakes; a full counter is awake already, so the result does not matter.
    [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof one);
    errno = saved;
}

}  // namespace bradawl
