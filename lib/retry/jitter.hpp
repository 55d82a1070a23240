#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"

namespace bradawl::retry {

/// Exponential backoff with full jitter: a wait uniform in (0, min(cap, base * 2^n)], so that many clients that failed
/// together do not come back together (Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
class FullJitter {
public:
    FullJitter(Duration base, Duration cap, Random& random) : base_(base), cap_(cap), random_(random) {}

    /// The wait before the next attempt; each call climbs a step.
    Duration next();

    /// Back to the first step, after a success.
    void reset() { step_ = 0; }

private:
    Duration base_;
    Duration cap_;
    Random& random_;
    unsigned step_ = 0;
};

}  // namespace bradawl::retry
