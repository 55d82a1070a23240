#pragma once

#include <string_view>

#include "lock/record.hpp"

// Private to the MongoDB store: lock documents, ours and LockerRoom's, as values.
namespace bradawl::lock {

/// The lock that a lock document (BSON) is; an empty one is no lock yet. Times are the server's clock, since 1970.
/// Errors: Fault::data when it is malformed.
Record record_of(std::string_view document);

}  // namespace bradawl::lock
