#pragma once

#include <optional>
#include <string_view>

#include "json/problem.hpp"

namespace bradawl::json {

/// Whether `text` is exactly one JSON text, as strictly as `read` (json/reader.hpp) takes it: nothing, or the first
/// problem.
std::optional<Problem> check(std::string_view text) noexcept;

}  // namespace bradawl::json
