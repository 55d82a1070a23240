#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bradawl::text {

/// The whole of `text` as a decimal unsigned number: digits only; nothing when it is not, or does not fit.
std::optional<std::uint64_t> to_uint64(std::string_view text);

/// The whole of `text` as a finite decimal number, `.` as its point whatever the locale; nothing when it is not.
std::optional<double> to_double(std::string_view text);

}  // namespace bradawl::text
