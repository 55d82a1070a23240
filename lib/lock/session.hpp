#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/random.hpp"
#include "io/output.hpp"
#include "lock/store.hpp"
#include "lock/waiter.hpp"

namespace bradawl::lock {

/// One process's business with one lock: the store, its claim on the lock, and the way to ask for it.
class Session {
public:
    /// Errors: as for open_store().
    Session(const StoreOptions& store, const ClaimOptions& claim, std::uint64_t seed, Clock& clock, const Stop& stop,
            WaitWatcher& watcher);

    const Claim& claim() const { return claim_; }
    Store& store() { return *store_; }
    Waiter& waiter() { return waiter_; }

    /// Begins the lease that is held under `nonce` anew, `lease` long when that is given. Errors: those of Waiter;
    /// Fault::permission when the lock is not held so.
    void renew(const std::string& nonce, std::optional<Duration> lease, Duration wait);

    /// Gives the lock back that is held under `nonce`; without one, whoever holds it. Errors: those of Waiter;
    /// Fault::permission when it is not held so; Fault::some_failed when nobody holds it.
    void release(const std::optional<std::string>& nonce, Duration wait);

    /// As Waiter::wait_until().
    bool wait_until(bool held, Duration wait) { return waiter_.wait_until(claim_.name, held, wait); }

    /// What is known of the lock. Errors: those of Waiter.
    State look();

    /// Gives those locks to `each`, by name, whose names begin with `prefix`. Errors: those of Store.
    void list(const std::string& prefix, Listed which, const std::function<void(const State&)>& each);

    /// Errors: those of Waiter; Fault::permission when no holder's lease has this token.
    void require_current(std::uint64_t token);

    /// Writes what is to be known of our own lock at once. If that cannot be done nobody could ever give the lock back,
    /// so it is given back here. Errors: those of Output.
    void hand_out(io::Output& out, const std::string& text);

    /// Gives our own lock back. Not answering for long is no failure, since the lease ends by itself: what the store
    /// did not do then is returned. Errors: those of Store but Away.
    std::optional<Error> give_back();

private:
    const Stop& stop_;
    Random random_;
    Claim claim_;
    std::unique_ptr<Store> store_;
    Waiter waiter_;
};

}  // namespace bradawl::lock
