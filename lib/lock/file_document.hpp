#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lock/record.hpp"

// Private to the file store: what a version of a lock says.
namespace bradawl::lock {

/// A lock as it is written: {"name", "token", "count", "boot", "holders": [{"nonce", "owner", "host", "pid", "token",
/// "acquired" (milliseconds since 1970), "renewed", "lease"}]}; times are those of the machine's boot-time clock.
struct FileDocument : Record {
    std::string boot;  ///< the boot that the clock counts from
};

/// The document as JSON and a line feed.
std::string to_text(const FileDocument& document);

/// The document that `text`, from `where`, holds. An empty text, as a loss of power may leave it, is a free lock.
/// Errors: Fault::data.
FileDocument file_document(std::string_view text, const std::string& where);

}  // namespace bradawl::lock
