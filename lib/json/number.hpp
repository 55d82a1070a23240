#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bradawl::json {

/// The value of an integral number's spelling (RFC 8259 section 6); nothing when it does not fit or has a fraction or
/// an exponent. `-0` is 0 here: ask `to_double` where the sign of zero matters.
std::optional<std::int32_t> to_int32(std::string_view spelling) noexcept;
std::optional<std::int64_t> to_int64(std::string_view spelling) noexcept;

/// A spelling as the nearest double (IEEE 754 binary64, ties to even).
struct Double {
    double value;   ///< infinite, or zero, with the spelling's sign, when not `in_range`
    bool in_range;  ///< false: the number is too large for a finite double, or not zero but too small for any other
};

/// The value of any number's spelling, whatever the locale.
Double to_double(std::string_view spelling) noexcept;

}  // namespace bradawl::json
