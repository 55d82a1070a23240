#pragma once

#include <string_view>

#include "core/clock.hpp"
#include "feed/options.hpp"

namespace bradawl::feed {

/// Told of what happens to a stream, for a log and a progress line. All calls come from the thread that follows.
class Observer {
public:
    virtual ~Observer() = default;

    /// A response with a 2xx status has begun.
    virtual void connected(int status) = 0;

    /// The connection failed or ended; the next attempt comes after `wait`. `attempt` counts failures in a row.
    virtual void retrying(std::string_view why, Duration wait, std::uint64_t attempt) = 0;

    /// Records flow again, `outage` after they last did.
    virtual void recovered(Duration outage) = 0;

    /// A line was not printed. `place` is `record N, byte M of connection K`.
    virtual void rejected(std::string_view place, std::string_view why) = 0;

    /// The reader of standard output is so slow that the queue is full: the server has to wait. Told once.
    virtual void reader_slow() = 0;

    /// Called at least once a second and after each piece of input.
    virtual void tick(const Tally& tally) = 0;
};

}  // namespace bradawl::feed
