#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace bradawl::json {

/// Reads a small document that a person wrote: one object of strings, such as a file of secrets. For records use
/// json/reader.hpp.
/// Errors: Fault::config with `NAME:LINE:COLUMN: why` for what is not JSON (RFC 8259), and with the key for one that is
/// there twice or whose value is no string. The text of an error never holds a value.
std::map<std::string, std::string> read_string_map(std::string_view text, const std::string& name);

}  // namespace bradawl::json
