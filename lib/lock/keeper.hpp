#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "core/clock.hpp"
#include "core/random.hpp"
#include "core/unique_fd.hpp"
#include "lock/store.hpp"

namespace bradawl::lock {

/// Hears of renewals, on the keeper's thread.
class KeepWatcher {
public:
    virtual ~KeepWatcher() = default;

    /// The lease began anew, at `asked`.
    virtual void kept(TimePoint asked) = 0;

    /// A renewal had no answer, and is tried again while the lease goes on; or it was refused, and the lease is lost.
    virtual void failing(const Error& error) = 0;
};

/// Keeps a lease alive from a thread of its own: renews it after a third of its length, less some jitter, and again
/// and again while the store does not answer, up to its end.
class Keeper {
public:
    /// Starts at once. `asked`: when the lease began. `store` is the keeper's until it is gone.
    /// Errors: Fault::io when the system gives no descriptor.
    Keeper(Store& store, Claim claim, TimePoint asked, const Clock& clock, std::uint64_t seed, KeepWatcher& watcher);

    /// Waits for a renewal that is under way, which lasts no longer than the store's time-out.
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    /// Readable once the lease is lost: given to another, or not renewed until its end.
    int lost_fd() const { return lost_.get(); }
    bool is_lost() const { return is_lost_.load(std::memory_order_acquire); }

    /// Ends the renewing; after that is_lost() says how it was.
    void stop();

private:
    void run() noexcept;
    void keep();
    bool rest_until(TimePoint when);
    void lose();

    Store& store_;
    const Claim claim_;
    const Clock& clock_;
    Random random_;
    KeepWatcher& watcher_;
    TimePoint asked_;
    UniqueFd lost_;
    UniqueFd quit_;
    std::atomic<bool> is_lost_{false};
    std::thread thread_;
};

}  // namespace bradawl::lock
