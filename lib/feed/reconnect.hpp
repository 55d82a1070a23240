#pragma once

#include <optional>

#include "core/clock.hpp"
#include "core/random.hpp"
#include "feed/options.hpp"
#include "feed/verdict.hpp"

namespace bradawl::feed {

/// Says how long to wait before the next attempt. Three ladders; climbing one puts the others back to their first step
/// (as Hosebird's reconnection manager does). Only a healthy session resets them: a server that answers 200 and closes
/// is climbed away from like any other failure.
class Reconnect {
public:
    Reconnect(const Ladders& ladders, Random& random) : ladders_(ladders), random_(random) {}

    /// An attempt begins at `now`.
    void attempt(TimePoint now);

    /// The session showed health: a valid record, or a keep-alive once it was settled.
    void healthy();

    /// The wait after an attempt that ended with `trouble` at `now`. The first after a healthy session is the floor
    /// only, counted from the attempt before. `server_wait` lengthens it, up to the cap of the limit ladder.
    Duration next(Trouble trouble, std::optional<Duration> server_wait, TimePoint now);

    /// Attempts in a row that failed.
    std::uint64_t failures() const { return failures_; }

private:
    Duration climb(Trouble trouble);

    Ladders ladders_;
    Random& random_;
    TimePoint last_attempt_{};
    std::optional<Trouble> climbing_;
    unsigned step_ = 0;
    std::uint64_t failures_ = 0;
    bool was_healthy_ = false;
};

}  // namespace bradawl::feed
