#pragma once

#include <cstdint>

#include "core/clock.hpp"
#include "core/random.hpp"
#include "core/stop.hpp"
#include "mongo/failure.hpp"
#include "mongo/options.hpp"
#include "retry/jitter.hpp"

namespace bradawl::mongo {

/// Hears of retries.
class RetryWatcher {
public:
    virtual ~RetryWatcher() = default;

    /// The attempt after `attempt` failed ones (from 1) comes `wait` from now; the outage has lasted `so_far`.
    virtual void retrying(const Failure& why, unsigned attempt, Duration so_far, Duration wait) = 0;

    /// The server answers again. `resent`: documents that were sent more than once.
    virtual void recovered(Duration outage, std::uint64_t resent) = 0;
};

/// The patience with a server that fails: waits with full jitter, and an end to them. An outage lasts from the first
/// failure to the next success.
class Outage {
public:
    Outage(const RetryOptions& options, Clock& clock, const Stop& stop, Random& random, RetryWatcher& watcher);

    /// After a failure: waits and returns true when the same is to be tried again; false when the time is over, a stop
    /// is asked for or retries are off.
    bool again(const Failure& why);

    /// After a success.
    void over(std::uint64_t resent = 0);

    /// How long the current outage, or the last, has lasted.
    Duration lasted() const;
    unsigned attempts() const { return attempts_; }

private:
    RetryOptions options_;
    Clock& clock_;
    const Stop& stop_;
    RetryWatcher& watcher_;
    retry::FullJitter jitter_;
    TimePoint began_{};
    TimePoint tried_{};  // when the last wait ended
    unsigned attempts_ = 0;
};

}  // namespace bradawl::mongo
