#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bradawl::cli {

/// A setting of a configuration file, or with an empty key the head `[section]` itself.
struct TomlItem {
    std::string section;  ///< empty before the first section
    std::string key;
    std::vector<std::string> values;  ///< one, or those of an array; as they would stand on a command line
    std::size_t line;                 ///< from 1
};

/// Reads what options need of TOML 1.0: sections of one name, and in them texts, numbers, `true`, `false` and arrays of
/// these, in the order of their lines.
/// Errors: as for tree::read_toml(), and Fault::config for a value of another kind.
std::vector<TomlItem> read_toml(std::string_view text, const std::string& name);

}  // namespace bradawl::cli
