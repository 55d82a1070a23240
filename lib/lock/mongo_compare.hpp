#pragma once

#include <string>
#include <string_view>

#include "lock/record.hpp"

// Private to the MongoDB store: for servers that cannot decide by themselves (no update pipelines), and for people who
// take the risk. The lock is read, decided on here by the server's clock as it was a moment ago, and written if it is
// still as it was read.
namespace bradawl::lock {

/// A query (JSON) for the document (BSON) as it was read.
std::string query_for(std::string_view document, const std::string& name);

/// The update (JSON) that makes the document say what `record` does.
std::string update_to(const Record& record);

/// The first document (JSON) of a lock.
std::string new_document(const Record& record);

}  // namespace bradawl::lock
