#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/stop.hpp"
#include "lock/lease.hpp"
#include "lock/options.hpp"

namespace bradawl::lock {

/// The store did not answer: the same call again, with the same nonce, may succeed and does no harm.
class Away : public Error {
public:
    /// `uncertain`: what was asked for may have been done.
    Away(const Error& error, bool uncertain) : Error(error), uncertain_(uncertain) {}
    bool uncertain() const { return uncertain_; }

private:
    bool uncertain_;
};

/// A place where locks are kept, with one clock by which all leases end. Every change is atomic and, once answered,
/// outlives a crash of the store. For one thread at a time.
///
/// Errors of all: Away; Fault::permission; Fault::config for a store that cannot keep the promise, or a lock that is
/// held with another count; Fault::unavailable when it never will do this; Fault::data when what is stored is no lock.
class Store {
public:
    virtual ~Store() = default;

    /// Takes the lock, or a place, if one is free or already this claim's; its lease begins anew. Returns the fencing
    /// token, which is larger than every one given out before; nothing when others hold it.
    virtual std::optional<std::uint64_t> acquire(const Claim& claim) = 0;

    /// Begins the lease anew, `lease` long when that is given. Nothing when the lock is no longer held under `nonce`.
    virtual bool renew(const std::string& name, const std::string& nonce, std::optional<Duration> lease) = 0;

    /// Gives the lock back; without a nonce, whoever holds it. False when it was not held so.
    virtual bool release(const std::string& name, const std::optional<std::string>& nonce) = 0;

    /// What is known of a lock; nothing when it was never held. `fresh`: no answer that a newer one has overtaken, for
    /// the price of one more round between the members of a set.
    virtual std::optional<State> look(const std::string& name, bool fresh) = 0;

    /// Gives every lock whose name begins with `prefix` to `each`, by name.
    virtual void list(const std::string& prefix, const std::function<void(const State&)>& each) = 0;

    /// Waits up to `time`, and no longer than until the lock may have changed, if the store can tell; false when a stop
    /// is asked for.
    virtual bool wait_for_change(const std::string& name, Duration time) = 0;
};

/// The error for a claim on a lock that is held with another count, `count`.
Error held_otherwise(const std::string& name, std::uint64_t count);

/// Whether the name of a store holds no password, so that it may stand on a command line and in an environment.
bool is_public(const std::string& store);

/// The store that `options` name. Opens nothing that needs an answer yet.
/// Errors: Fault::usage when it is no store; Fault::config when it or its write concern is too weak; Fault::io when a
/// folder cannot be used.
std::unique_ptr<Store> open_store(const StoreOptions& options, Clock& clock, const Stop& stop);

}  // namespace bradawl::lock
