#pragma once

#include <chrono>

namespace bradawl {

using Duration = std::chrono::nanoseconds;

/// The clock that no one sets and that goes on while the machine sleeps (CLOCK_BOOTTIME). It names a time line only:
/// `Clock::now` reads it.
struct BootTime {
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootTime>;
    static constexpr bool is_steady = true;
};

/// Deadlines, stalls and waits are counted on this line.
using TimePoint = BootTime::time_point;

/// A point of civil time, for what people and other hosts read.
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// The two clocks of the outside world. Library code is given one; it never asks the system itself.
class Clock {
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
    virtual WallTime wall() const = 0;

    /// Waits `time` and returns true, or returns false as soon as a stop is asked for.
    virtual bool sleep(Duration time) = 0;
};

}  // namespace bradawl
