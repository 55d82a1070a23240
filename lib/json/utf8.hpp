#pragma once

#include <cstddef>
#include <string_view>

namespace bradawl::json {

/// The length of the UTF-8 sequence (RFC 3629 section 4) at the start of `size` bytes: 1 to 4; 0 when they begin none;
/// -1 when they end inside one.
inline int utf8_sequence(const unsigned char* bytes, std::size_t size) noexcept {
    if (size == 0) return -1;
    const unsigned lead = bytes[0];
    if (lead < 0x80) return 1;
    if (lead < 0xc2 || lead > 0xf4) return 0;
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    // The second byte's range keeps out overlong forms, surrogates and what lies beyond U+10FFFF.
    const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    for (std::size_t i = 1; i < length; ++i) {
        if (i == size) return -1;
        if (bytes[i] < (i == 1 ? low : 0x80u) || bytes[i] > (i == 1 ? high : 0xbfu)) return 0;
    }
    return static_cast<int>(length);
}

/// Whether all of `bytes` is UTF-8.
inline bool is_utf8(std::string_view bytes) noexcept {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    for (std::size_t left = bytes.size(); left > 0;) {
        const int length = utf8_sequence(at, left);
        if (length <= 0) return false;
        at += length;
        left -= static_cast<std::size_t>(length);
    }
    return true;
}

}  // namespace bradawl::json
