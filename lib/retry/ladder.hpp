#pragma once

#include "core/clock.hpp"

namespace bradawl::retry {

/// A row of waits between attempts: `first`, then each time `add` longer and `factor` times as long, at most `cap`.
/// Linear ladders have factor 1, exponential ones add 0.
struct Ladder {
    Duration first{};
    Duration add{};
    double factor = 1;
    Duration cap{};

    /// The wait before attempt `n` (0: the first wait). `add` is applied before `factor`.
    Duration wait(unsigned n) const;
};

}  // namespace bradawl::retry
