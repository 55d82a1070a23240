#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bradawl::objects {

/// A part of an object that becomes one JSON scalar or a short array.
struct Part {
    std::string_view name;  ///< of the field; empty: what the class wrote by itself
    bool is_text = false;
    std::int64_t number = 0;  ///< of a primitive
    std::string text = {};    ///< a string, in modified UTF-8; the elements of an array of primitives or block data, as
                              ///< bytes; what another such object is in JSON
};

/// What an object of the JDK class `name` is in JSON; nothing when its parts are not what that class writes.
std::optional<std::string> make_leaf(std::string_view name, const std::vector<Part>& parts, std::size_t first);

/// Milliseconds since 1970 as `2026-01-02T03:04:05.678Z` (java.time.Instant.toString, always with milliseconds).
/// `nanos`: of the second, used instead of the milliseconds when not negative.
std::string iso_instant(std::int64_t millis, std::int64_t nanos = -1);

/// The same with milliseconds and in quotes, without allocation: `"2026-01-02T03:04:05.678Z"`. The result lies in
/// `room`.
using InstantRoom = std::array<char, 64>;
std::string_view quoted_instant(InstantRoom& room, std::int64_t millis);

/// What java.time.Ser wrote, in the text form of its class's toString().
std::optional<std::string> java_time(std::string_view bytes);

/// The decimal digits of a number of that sign (-1, 0, 1) and magnitude (big-endian); hex digits with 0x when it is so
/// long that decimal would take too long.
std::string big_integer(std::int64_t signum, std::string_view magnitude);

/// java.math.BigDecimal.toString for an unscaled value's digits and a scale.
std::string big_decimal(const std::string& digits, std::int64_t scale);

}  // namespace bradawl::objects
