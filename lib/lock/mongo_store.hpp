#pragma once

#include <memory>

#include "lock/store.hpp"

namespace bradawl::lock {

/// Locks as documents of a MongoDB collection, a document each that is never deleted; leases end by the clock of the
/// primary, and an answer counts once a majority of the members has it. See lock/mongo_pipeline.hpp for the document.
/// Errors: Fault::usage for a bad connection string or collection; Fault::config for a weak write concern in it.
std::unique_ptr<Store> mongo_store(const StoreOptions& options, Clock& clock);

}  // namespace bradawl::lock
