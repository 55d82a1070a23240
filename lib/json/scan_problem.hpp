#pragma once

#include <string_view>

#include "json/problem.hpp"

namespace bradawl::json {

/// Where a text that a scanner refused is wrong: malformed UTF-8 anywhere, a control character or a bad escape in a
/// string, a backslash outside one, a string without an end. Slow and plain: it runs once a bad text.
Problem find_scan_problem(std::string_view text) noexcept;

}  // namespace bradawl::json
