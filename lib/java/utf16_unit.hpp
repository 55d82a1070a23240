#pragma once

#include <cstddef>
#include <cstdint>

namespace bradawl::java {

/// Java's characters are UTF-16 units; each is one, two or three bytes of modified UTF-8, halves of surrogate pairs
/// too.

inline bool is_high_surrogate(std::uint32_t unit) noexcept {
    return (unit & 0xfc00) == 0xd800;
}
inline bool is_low_surrogate(std::uint32_t unit) noexcept {
    return (unit & 0xfc00) == 0xdc00;
}

/// What read_unit() found.
struct UnitRead {
    std::uint32_t unit;
    std::size_t size;     ///< how many bytes it takes, or with a problem how many in front belong together
    const char* problem;  ///< null, or why it is none: a constant that goes on after `byte 0xF0`
};

/// Reads the unit at the start of `n` bytes, at least one, as Java 17's DataInputStream.readUTF does.
inline UnitRead read_unit(const std::uint8_t* bytes, std::size_t n) noexcept {
    const std::uint32_t lead = bytes[0];
    if (lead < 0x80) return {lead, 1, nullptr};
    if (lead < 0xc0 || lead > 0xef) return {0, 1, "cannot start a character"};
    const std::size_t size = lead < 0xe0 ? 2 : 3;
    std::uint32_t unit = lead & (size == 2 ? 0x1f : 0x0f);
    for (std::size_t i = 1; i < size; ++i) {
        if (i == n) return {0, i, "is cut off at the end"};
        if ((bytes[i] & 0xc0) != 0x80) return {0, i, "lacks a continuation byte"};
        unit = unit << 6 | (bytes[i] & 0x3f);
    }
    return {unit, size, nullptr};
}

/// How many bytes Java writes for a unit.
inline std::size_t unit_size(std::uint32_t unit) noexcept {
    return unit - 1 < 0x7f ? 1 : unit < 0x800 ? 2 : 3;
}

/// Writes a unit as Java does, up to three bytes, and returns their end.
inline char* put_unit(char* out, std::uint32_t unit) noexcept {
    const std::size_t size = unit_size(unit);
    if (size == 1) {
        *out++ = static_cast<char>(unit);
        return out;
    }
    *out++ = static_cast<char>(size == 2 ? 0xc0 | unit >> 6 : 0xe0 | unit >> 12);
    if (size == 3) *out++ = static_cast<char>(0x80 | (unit >> 6 & 0x3f));
    *out++ = static_cast<char>(0x80 | (unit & 0x3f));
    return out;
}

}  // namespace bradawl::java
