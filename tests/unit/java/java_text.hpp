#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Java's side of the strings, slow and plain, to hold the room against.
namespace bradawl::java::reference {

inline std::uint32_t byte_at(std::string_view bytes, std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
}

/// What DataInputStream.readUTF makes of bytes, or of those in front of the first character that it rejects.
struct ReadUtf {
    std::u16string units;
    std::size_t valid = 0;
};

inline ReadUtf read_utf(std::string_view bytes) {
    ReadUtf read;
    const auto follows = [bytes](std::size_t i) { return i < bytes.size() && byte_at(bytes, i) / 64 == 2; };
    while (read.valid < bytes.size()) {
        const std::size_t at = read.valid;
        const std::uint32_t lead = byte_at(bytes, at);
        if (lead < 0x80) {
            read.units += static_cast<char16_t>(lead);
            read.valid += 1;
        } else if (lead / 32 == 6 && follows(at + 1)) {
            read.units += static_cast<char16_t>(lead % 32 * 64 + byte_at(bytes, at + 1) % 64);
            read.valid += 2;
        } else if (lead / 16 == 14 && follows(at + 1) && follows(at + 2)) {
            read.units += static_cast<char16_t>(lead % 16 * 4096 + byte_at(bytes, at + 1) % 64 * 64 +
                                                byte_at(bytes, at + 2) % 64);
            read.valid += 3;
        } else {
            break;
        }
    }
    return read;
}

/// What DataOutputStream.writeUTF writes behind the length.
inline std::string write_utf(std::u16string_view units) {
    std::string bytes;
    for (const std::uint32_t unit : units) {
        if (unit >= 1 && unit <= 0x7f) {
            bytes += static_cast<char>(unit);
        } else if (unit <= 0x7ff) {
            bytes += static_cast<char>(0xc0 + unit / 64);
            bytes += static_cast<char>(0x80 + unit % 64);
        } else {
            bytes += static_cast<char>(0xe0 + unit / 4096);
            bytes += static_cast<char>(0x80 + unit / 64 % 64);
            bytes += static_cast<char>(0x80 + unit % 64);
        }
    }
    return bytes;
}

/// The code point at `i`, which then moves to its last unit; a surrogate without its other half as it is.
inline std::uint32_t code_at(std::u16string_view units, std::size_t& i) {
    const std::uint32_t unit = units[i];
    if (unit < 0xd800 || unit > 0xdbff || i + 1 == units.size()) return unit;
    const std::uint32_t next = units[i + 1];
    if (next < 0xdc00 || next > 0xdfff) return unit;
    ++i;
    return 0x10000 + (unit - 0xd800) * 0x400 + (next - 0xdc00);
}

inline bool has_lone_surrogate(std::u16string_view units) {
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::uint32_t code = code_at(units, i);
        if (code >= 0xd800 && code <= 0xdfff) return true;
    }
    return false;
}

/// UTF-8, with U+FFFD for surrogates without their other half.
inline std::string utf8(std::u16string_view units) {
    std::string bytes;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::uint32_t code = code_at(units, i);
        if (code == 0) {
            bytes += '\0';
        } else if (code >= 0xd800 && code <= 0xdfff) {
            bytes += "\xef\xbf\xbd";
        } else if (code < 0x10000) {
            bytes += write_utf(std::u16string(1, static_cast<char16_t>(code)));
        } else {
            bytes += static_cast<char>(0xf0 + code / 0x40000);
            bytes += static_cast<char>(0x80 + code / 0x1000 % 64);
            bytes += static_cast<char>(0x80 + code / 64 % 64);
            bytes += static_cast<char>(0x80 + code % 64);
        }
    }
    return bytes;
}

/// The units of UTF-8 that may hold surrogates as characters of three bytes (WTF-8).
inline std::u16string units_of(std::string_view utf8) {
    std::u16string units;
    for (std::size_t i = 0; i < utf8.size();) {
        if (byte_at(utf8, i) < 0xf0) {
            const std::size_t size = byte_at(utf8, i) < 0x80 ? 1 : byte_at(utf8, i) < 0xe0 ? 2 : 3;
            units += read_utf(utf8.substr(i, size)).units;
            i += size;
        } else {
            const std::uint32_t code = byte_at(utf8, i) % 8 * 0x40000 + byte_at(utf8, i + 1) % 64 * 0x1000 +
                                       byte_at(utf8, i + 2) % 64 * 64 + byte_at(utf8, i + 3) % 64 - 0x10000;
            units += static_cast<char16_t>(0xd800 + code / 0x400);
            units += static_cast<char16_t>(0xdc00 + code % 0x400);
            i += 4;
        }
    }
    return units;
}

inline std::string utf16_big_endian(std::u16string_view units) {
    std::string bytes;
    for (const std::uint32_t unit : units) {
        bytes += static_cast<char>(unit / 256);
        bytes += static_cast<char>(unit % 256);
    }
    return bytes;
}

}  // namespace bradawl::java::reference
