#pragma once

#include <chrono>
#include <cstdint>
#include <string>

// Plain values, for whoever declares options; nothing here needs another file of this room.
namespace bradawl::lock {

/// Without end, as a span of time.
inline constexpr std::chrono::nanoseconds no_limit = std::chrono::nanoseconds::max();

/// Where locks are kept.
struct StoreOptions {
    std::string store;                    ///< `mongodb://…`, `mongodb+srv://…` or `file:DIR`
    std::string collection;               ///< DB.COLLECTION; empty: locks.mlock, or locks.locks with the next
    bool compat_lockerroom = false;       ///< share the collection with LockerRoom clients
    bool allow_weak = false;              ///< take a store that cannot keep the promise
    std::chrono::nanoseconds timeout{0};  ///< longest wait for one answer; 0: the store's own
};

/// What is asked for.
struct ClaimOptions {
    std::string name;
    std::string owner;                   ///< for people; empty: USER@HOST
    std::string host;                    ///< this machine
    std::int64_t pid = 0;                ///< this process
    std::chrono::nanoseconds lease{-1};  ///< negative: as usual
    std::chrono::nanoseconds wait{-1};   ///< for the lock; or no_limit; negative: as usual
    std::uint64_t count = 1;             ///< how many may hold it at once
};

/// Which locks are listed.
enum class Listed {
    held,     ///< by somebody whose lease goes on
    expired,  ///< by somebody whose lease has ended without a release
    all,      ///< free ones too
};

}  // namespace bradawl::lock
