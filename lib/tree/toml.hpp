#pragma once

#include <string>
#include <string_view>

#include "tree/node.hpp"

namespace bradawl::tree {

/// Reads TOML 1.0 of texts, numbers, `true`, `false`, arrays and tables. (CLI11's own reader takes what is no TOML, and
/// cuts a text at the first `#`.) Errors: Fault::config, `NAME:LINE:COLUMN: why` for what is no TOML, `NAME:LINE: why`
/// for a value of another kind.
Node read_toml(std::string_view text, const std::string& name);

}  // namespace bradawl::tree
