#pragma once

#include <string>
#include <string_view>

namespace bradawl::text {

/// Every byte but `A-Z a-z 0-9 - . _ ~` as `%XX`, hex in capitals (RFC 3986 section 2.1 and 2.3).
std::string percent_encode(std::string_view bytes);

/// `%XX` back to bytes; with `plus_is_space` also `+` to a space, as in a form body. A `%` that begins no escape stays.
std::string percent_decode(std::string_view text, bool plus_is_space);

}  // namespace bradawl::text
