#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bradawl::cli {

/// A line `key = value` of a configuration file, or with an empty key the head `[section]` itself.
struct TomlItem {
    std::string section;  ///< empty before the first section
    std::string key;
    std::vector<std::string> values;  ///< one, or those of an array; texts without their quotes
    std::size_t line;                 ///< from 1
};

/// Reads the part of TOML 1.0 that options need: comments, sections of one name, texts in one line, numbers, `true`,
/// `false` and arrays of these. CLI11's own reader takes what is no TOML, and cuts a text at the first `#`.
/// Errors: Fault::config, `NAME:LINE: why`, for the rest, and for a key that is there twice.
std::vector<TomlItem> read_toml(std::string_view text, const std::string& name);

}  // namespace bradawl::cli
