#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"

namespace bradawl::lock {

/// One acquisition of a lock, from the first try to the release. Its nonce is what tells it from every other.
struct Claim {
    std::string name;   ///< UTF-8, not empty
    std::string nonce;  ///< no two claims have the same
    std::string owner;  ///< for people
    std::string host;
    std::int64_t pid = 0;
    Duration lease{};
    std::uint64_t count = 1;  ///< how many may hold it at once; 1: a mutex
};

/// Who holds a lock, or a place of a semaphore.
struct Holder {
    std::string owner;
    std::string host;      ///< empty: the holder did not say
    std::int64_t pid = 0;  ///< 0: the holder did not say
    std::string nonce;     ///< empty: a LockerRoom client
    std::uint64_t token = 0;
    std::optional<WallTime> acquired;
    std::optional<Duration> age;   ///< since then, by the store's clock
    std::optional<Duration> left;  ///< until its lease ends by the store's clock, negative after; nothing: no end
};

/// What a store knows of one lock. `holders` are those whose lease goes on; `lapsed` were not released in time and lose
/// their place to the next who asks.
struct State {
    std::string name;
    std::uint64_t token = 0;  ///< the last that was given out
    std::uint64_t count = 1;
    std::vector<Holder> holders;
    std::vector<Holder> lapsed;

    /// Whether a holder whose lease goes on has this token.
    bool is_current(std::uint64_t its) const {
        return std::any_of(holders.begin(), holders.end(), [&](const Holder& holder) { return holder.token == its; });
    }

    bool free() const { return holders.size() < count; }

    /// Until the next place falls free by itself; nothing: never.
    std::optional<Duration> next_end() const {
        std::optional<Duration> soonest;
        for (const Holder& holder : holders)
            if (holder.left && (!soonest || *holder.left < *soonest)) soonest = holder.left;
        return soonest;
    }
};

/// Until when a lease that was asked for at `asked` may be relied on: it counts from before the request was sent, less
/// a tenth for what the clocks of two hosts and the way may differ by.
inline TimePoint end_of_lease(TimePoint asked, Duration lease) {
    return asked + lease - lease / 10;
}

/// When a command that runs under such a lease is to be killed at the latest, so that it is dead before end_of_lease():
/// a busy machine takes its time to wake a guardian, and to let the processes die that it has killed. With four
/// processes ready for each CPU that took up to 175 ms.
inline TimePoint last_call(TimePoint asked, Duration lease) {
    return end_of_lease(asked, lease) - std::min<Duration>(lease / 6, lease / 40 + std::chrono::milliseconds(150));
}

}  // namespace bradawl::lock
