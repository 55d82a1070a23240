#include "retry/jitter.hpp"

#include <algorithm>
#include <cmath>

namespace bradawl::retry {

Duration FullJitter::next() {
    const double widest = std::ldexp(static_cast<double>(base_.count()), static_cast<int>(std::min(step_, 62U)));
    ++step_;
    const double most = std::min(widest, static_cast<double>(cap_.count()));
    return Duration(static_cast<Duration::rep>(most * (1.0 - random_.unit())));
}

}  // namespace bradawl::retry
