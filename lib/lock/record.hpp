#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lock/lease.hpp"

// The rules by which a lock is given out, for stores that only keep it: they read a record, decide, and write it back
// if nobody else has meanwhile.
namespace bradawl::lock {

/// Nanoseconds of the one clock by which all leases of a store end.
using StoreTime = std::int64_t;

/// A place that a claim has got.
struct Place {
    Holder who;  ///< without `age` and `left`
    StoreTime renewed = 0;
    std::int64_t lease = -1;  ///< nanoseconds; negative: without end
};

/// A lock as it is kept.
struct Record {
    std::string name;
    std::uint64_t token = 0;  ///< the last that was given out
    std::uint64_t count = 1;  ///< of the places while one is taken
    std::vector<Place> places;
};

/// Gives `claim` a place, or begins its lease anew when it has one; returns its token. Nothing, and no change, when all
/// places are taken. The token is above the last and above the wall clock's milliseconds, so that it grows even when
/// the record was lost. Errors: held_otherwise().
std::optional<std::uint64_t> take(Record& record, const Claim& claim, StoreTime now, WallTime wall);

/// Begins the lease under `nonce` anew; false, and no change, when there is none.
bool renew(Record& record, const std::string& nonce, std::optional<Duration> lease, StoreTime now);

/// Frees the place under `nonce`, or all; false, and no change, when there is none.
bool give_back(Record& record, const std::optional<std::string>& nonce);

/// What the record tells at `now`.
State state_of(const Record& record, StoreTime now, WallTime wall);

}  // namespace bradawl::lock
