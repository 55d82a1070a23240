#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bradawl::java {

/// What a byte string is as modified UTF-8 (JVMS 4.4.7, java.io.DataInput). Accepted is exactly what Java 17's
/// DataInputStream.readUTF accepts: it takes a raw 00 and overlong forms that no writer writes.
struct Mutf8 {
    std::size_t valid;    ///< how many bytes from the front are whole accepted characters; all of them when accepted
    const char* problem;  ///< null when accepted; else what is wrong at `valid`, as `cannot start a character`
    bool canonical;       ///< what Java would write for the same characters (for the valid part)
    bool lone_surrogate;  ///< holds a surrogate without its other half, which UTF-8 cannot say
};

/// Inspects `n` bytes.
Mutf8 inspect_mutf8(const std::uint8_t* bytes, std::size_t n) noexcept;

/// How many of the `n` bytes from the front are printable ASCII that JSON need not escape (20..7E without the quote and
/// the backslash; 7F too). Fast: most strings are nothing else.
std::size_t plain_prefix(const std::uint8_t* bytes, std::size_t n) noexcept;

/// The same, and copies these bytes to `out`, which has room for `n` and may be written to its end: cheaper than to
/// copy them afterwards.
std::size_t copy_plain(const std::uint8_t* bytes, std::size_t n, char* out) noexcept;

/// Writes accepted, canonical modified UTF-8 without lone surrogates as the inside of a JSON string in UTF-8: escapes
/// quote, backslash and control characters; surrogate pairs become four-byte characters. `out` has room for 6 * n
/// bytes. Returns the end of what was written. A pair split over two calls is not joined: call for whole strings, or
/// cut at mutf8_cut().
char* mutf8_to_json(const std::uint8_t* bytes, std::size_t n, char* out) noexcept;

/// Where to cut accepted, canonical modified UTF-8 of `n` bytes so that the front holds whole characters and no high
/// surrogate at its end: n, or up to 5 less.
std::size_t mutf8_cut(const std::uint8_t* bytes, std::size_t n) noexcept;

/// The same for any bytes, losing what cannot be said: malformed bytes and lone surrogates become U+FFFD.
void mutf8_to_json_lossy(const std::uint8_t* bytes, std::size_t n, std::string& out);

/// The inside of a JSON string (raw, as between the quotes: valid UTF-8 and escapes, lone surrogates allowed as
/// escapes) as canonical modified UTF-8, appended to `out`. False, and `out` as it was, when `raw` is no well-formed
/// inside.
bool json_to_mutf8(std::string_view raw, std::string& out);

/// A UTF-16 unit sequence in big-endian bytes (2 * n bytes) as the inside of a JSON string; false, and nothing written,
/// when a surrogate stands alone. Appends to `out`.
bool utf16_to_json(const std::uint8_t* bytes, std::size_t n, std::string& out);

/// The inside of a JSON string as UTF-16 units in big-endian bytes, appended. False as for json_to_mutf8().
bool json_to_utf16(std::string_view raw, std::string& out);

}  // namespace bradawl::java
