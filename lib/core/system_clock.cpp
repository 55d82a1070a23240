#include "core/system_clock.hpp"

#include <poll.h>

#include <algorithm>
#include <ctime>

namespace bradawl {

TimePoint SystemClock::now() const {
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return TimePoint(std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec));
}

WallTime SystemClock::wall() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

bool SystemClock::sleep(Duration time) {
    const TimePoint begin = now();
    const TimePoint end = time < TimePoint::max() - begin ? begin + time : TimePoint::max();
    while (!stop_.requested()) {
        const Duration left = end - now();
        if (left <= Duration::zero()) return true;
        // In slices of a minute at most: ppoll counts on CLOCK_MONOTONIC, which stands still while the machine sleeps.
        const auto slice = std::min<Duration>(left, std::chrono::minutes(1));
        const auto whole = std::chrono::duration_cast<std::chrono::seconds>(slice);
        const timespec wait{whole.count(), (slice - whole).count()};
        pollfd watched{stop_.fd(), POLLIN, 0};
        ppoll(&watched, 1, &wait, nullptr);
    }
    return false;
}

}  // namespace bradawl
