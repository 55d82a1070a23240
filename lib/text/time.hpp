#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace bradawl::text {

/// Milliseconds since 1970-01-01T00:00:00Z.
using UnixTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// `2026-01-02T03:04:05.678Z` (RFC 3339, UTC); `.678` is left out when `milliseconds` is false.
/// Years 0 to 9999 only: the caller asks for no other.
std::string to_rfc3339(UnixTime time, bool milliseconds = true);

/// Reads an RFC 3339 date and time with `Z` or an offset (`+01:00`, `+0100`) and up to nine digits of a second's
/// fraction, of which three are kept; nothing when it is not one.
std::optional<UnixTime> from_rfc3339(std::string_view text);

/// Reads an HTTP date in its preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7); nothing when it
/// is not one.
std::optional<UnixTime> from_http_date(std::string_view text);

}  // namespace bradawl::text
