#pragma once

#include <string>
#include <string_view>

#include "tree/node.hpp"

namespace bradawl::tree {

/// Reads one YAML 1.2 document, with its tags kept and its aliases resolved. Errors: Fault::config,
/// `NAME:LINE:COLUMN: why` for what is no YAML, has a key twice, or grows beyond all bounds by its aliases.
Node read_yaml(std::string_view text, const std::string& name);

/// Reads JSON (RFC 8259). Errors: as for read_yaml().
Node read_json(std::string_view text, const std::string& name);

}  // namespace bradawl::tree
