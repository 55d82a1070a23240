#pragma once

#include <string>
#include <string_view>

#include "lock/lease.hpp"

// Private to the MongoDB store: the update pipelines by which the server itself decides, on its own clock.
namespace bradawl::lock {

// A lock is a document {_id, owner, timestamp, locked, expire, token, nonce, host, pid, acquired}: the five fields of
// LockerRoom with their meaning, and ours. A lease ends at `timestamp` + `expire` seconds, or never when `expire` is no
// number. As a semaphore it has {n, slots: [{nonce, owner, host, pid, timestamp, expire, token, acquired}]} instead.

/// The pipeline (JSON) that takes a lock for `claim` if it may.
std::string acquire_pipeline(const Claim& claim);

/// The pipeline that begins the leases under `nonce` anew; `expire`: JSON for their length in seconds, or empty.
std::string renew_pipeline(std::string_view nonce, std::string_view expire);

/// The pipeline that gives back what `nonce` holds; empty: what anybody holds.
std::string release_pipeline(std::string_view nonce);

/// The query for the lock `name` as held under `nonce`, or, when that is empty, by anybody.
std::string holder_query(std::string_view name, std::string_view nonce);

}  // namespace bradawl::lock
