#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bradawl::java {

/// Two lower-case digits a byte at `out`, which has room for 2 * n; returns their end.
char* put_hex(char* out, const std::uint8_t* bytes, std::size_t n) noexcept;

/// `n` bytes in base64 (RFC 4648 section 4) at `out`, which has room for 4 * ceil(n / 3); padded at the end. Long
/// inputs may come in pieces of a multiple of three bytes, all but the last.
char* put_base64(char* out, const std::uint8_t* bytes, std::size_t n) noexcept;

/// Appends the bytes that pairs of hex digits of either case stand for; false, and `out` as it was, when they do not.
bool from_hex(std::string_view digits, std::string& out);

}  // namespace bradawl::java
