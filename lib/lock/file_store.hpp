#pragma once

#include <memory>

#include "lock/store.hpp"

namespace bradawl::lock {

/// Locks in a folder of this machine, a folder each; leases end by the machine's boot-time clock, and with the boot.
/// What is written outlives any process, and a process that is stopped in the middle holds up no other.
/// Errors: Fault::config when the folder is of another machine, whose clock is another; Fault::io or Fault::permission
/// when it cannot be used.
std::unique_ptr<Store> file_store(const StoreOptions& options, Clock& clock, const Stop& stop);

}  // namespace bradawl::lock
