#include "feed/reconnect.hpp"

#include <algorithm>

namespace bradawl::feed {

void Reconnect::attempt(TimePoint now) {
    last_attempt_ = now;
    was_healthy_ = false;
}

void Reconnect::healthy() {
    was_healthy_ = true;
    climbing_.reset();
    step_ = 0;
    failures_ = 0;
}

Duration Reconnect::next(Trouble trouble, std::optional<Duration> server_wait, TimePoint now) {
    ++failures_;
    Duration wait{};
    if (!was_healthy_ || trouble != Trouble::network) wait = climb(trouble);
    if (server_wait) wait = std::max(wait, std::min(*server_wait, ladders_.limit.cap));
    const double share = 1.0 + ladders_.jitter * random_.unit();
    wait = Duration(static_cast<Duration::rep>(static_cast<double>(wait.count()) * share));
    return std::max({wait, last_attempt_ + ladders_.floor - now, Duration::zero()});
}

Duration Reconnect::climb(Trouble trouble) {
    if (climbing_ != trouble) step_ = 0;
    climbing_ = trouble;
    const unsigned step = step_++;
    switch (trouble) {
        case Trouble::network:
            return ladders_.network.wait(step);
        case Trouble::limit:
            return ladders_.limit.wait(step);
        case Trouble::http:
        case Trouble::auth:
            break;
    }
    return ladders_.http.wait(step);
}

}  // namespace bradawl::feed
