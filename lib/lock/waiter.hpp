#pragma once

#include <cstdint>
#include <optional>

#include "core/clock.hpp"
#include "core/random.hpp"
#include "core/stop.hpp"
#include "lock/store.hpp"

namespace bradawl::lock {

/// Hears how the asking for a lock goes.
class WaitWatcher {
public:
    virtual ~WaitWatcher() = default;

    /// Others hold it; told once, and again when they are others.
    virtual void busy(const State& state) = 0;

    /// The store does not answer; told once an outage.
    virtual void away(const Error& error) = 0;
};

/// A lock that was got.
struct Lease {
    std::uint64_t token = 0;
    TimePoint asked;  ///< just before the request that got it was sent: the lease counts from here
};

/// How the asking for a lock ended.
struct Outcome {
    std::optional<Lease> lease;
    State state;           ///< without a lease: who has the lock, where that is known
    bool stopped = false;  ///< a stop was asked for
};

/// Asks for locks and waits for them: four times a second at most, so that a hundred may wait for one lock; with
/// jitter, so that they do not come together; and when the store tells of a change or the holder's lease ends.
class Waiter {
public:
    Waiter(Store& store, Clock& clock, const Stop& stop, Random& random, WaitWatcher& watcher)
        : store_(store), clock_(clock), stop_(stop), random_(random), watcher_(watcher) {}

    /// Asks for the lock until it is got or `wait` is over. A request whose fate is unknown is sent again in any case,
    /// and what it may have got is given back when the time is over.
    /// Errors: those of Store; Away, when the store did not answer within `wait`.
    Outcome acquire(const Claim& claim, Duration wait);

    /// As Store's, each sent again until there is an answer or `wait` is over. What a release with an unknown fate was
    /// to give back counts as given back when it is found so. Errors: those of Store; Away as for acquire().
    bool renew(const std::string& name, const std::string& nonce, std::optional<Duration> lease, Duration wait);
    bool release(const std::string& name, const std::optional<std::string>& nonce, Duration wait);
    std::optional<State> look(const std::string& name, bool fresh);

    /// Waits until the lock, or a place, is free, or, with `held`, until somebody holds it; false when that did not
    /// come to be within `wait` or a stop was asked for. Errors: those of Store; Away as for acquire().
    bool wait_until(const std::string& name, bool held, Duration wait);

private:
    void begin(Duration wait);
    bool over() const { return clock_.now() >= until_; }
    Duration between(int least_ms, int spread_ms);
    template <class Ask>
    bool ask(Ask ask);
    std::optional<Lease> try_once(const Claim& claim);
    bool pause(const std::string& name, const State& seen);
    bool earn();
    void count_allowance();
    Outcome give_up(const Claim& claim, State seen);

    Store& store_;
    Clock& clock_;
    const Stop& stop_;
    Random& random_;
    WaitWatcher& watcher_;
    TimePoint until_{};
    TimePoint paid_{};      // when the allowance was last counted
    double allowance_ = 4;  // of operations
    bool loose_ = false;    // a request of ours may have got the lock, or may still
    std::string told_;      // the nonce of the holder that the watcher was told of
};

}  // namespace bradawl::lock
