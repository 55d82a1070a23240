#include "retry/ladder.hpp"

#include <algorithm>

namespace bradawl::retry {

Duration Ladder::wait(unsigned n) const {
    Duration time = std::min(first, cap);
    for (unsigned i = 0; i < n && time < cap; ++i) {
        const double next = static_cast<double>((time + add).count()) * factor;
        if (next >= static_cast<double>(cap.count())) return cap;
        if (next <= static_cast<double>(time.count())) return time;  // a level ladder: it will never grow
        time = Duration(static_cast<Duration::rep>(next));
    }
    return time;
}

}  // namespace bradawl::retry
