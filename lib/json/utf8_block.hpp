#pragma once

// Private to the kernels that have no vector code for UTF-8; see block.hpp.

#include "json/block.hpp"
#include "json/utf8.hpp"

namespace bradawl::json {
namespace {

// How many of the bytes in front of `at` belong to a sequence that is still open there.
inline std::size_t open_before(const unsigned char* at, std::size_t before) noexcept {
    for (std::size_t back = 1; back <= 3 && back <= before; ++back) {
        const unsigned byte = at[-static_cast<std::ptrdiff_t>(back)];
        if (byte < 0x80) return 0;
        if (byte >= 0xc0) return utf8_sequence(at - back, back) < 0 ? back : 0;
    }
    return 0;
}

// Whether a block of a stretch breaks RFC 3629, byte by byte.
inline bool utf8_wrong_by_bytes(const Stretch& stretch, std::size_t index, const char*) noexcept {
    const bool last = index == stretch.blocks;
    const auto* at = reinterpret_cast<const unsigned char*>(stretch.begin) + index * 64;
    const unsigned char* const end = at + (last ? stretch.tail : 64);
    at -= open_before(at, stretch.before + index * 64);
    while (at != end) {
        const int length = utf8_sequence(at, static_cast<std::size_t>(end - at));
        if (length < 0) return last;
        if (length == 0) return true;
        at += length;
    }
    return false;
}

}  // namespace
}  // namespace bradawl::json
