#pragma once

#include <cstddef>
#include <cstdint>

namespace bradawl::json {

/// What a scan carries from one block of 64 bytes to the next.
struct Carry {
    std::uint64_t in_string;  ///< all ones inside a string, else 0
    std::uint64_t escape;     ///< 1: the next byte is escaped
    std::uint64_t hex;        ///< the low bits mark bytes that must be hex digits of a \u escape
    std::uint64_t mark;       ///< 1: the open string holds a backslash
    std::uint64_t scalar;     ///< 1: the last byte was part of a number, a word or of what is neither
    bool beyond_ascii;        ///< the last block held bytes over 0x7f, so a UTF-8 sequence may be open
};

/// A run of whole blocks, and what to do behind them.
struct Stretch {
    const char* begin;
    std::size_t before;  ///< how many bytes of the same text stand in front of `begin`: none, or a multiple of 64
    std::size_t blocks;  ///< whole blocks
    bool last;         ///< the text ends `tail` bytes behind the blocks, so scan one block more, filled up with spaces
    std::size_t tail;  ///< less than 64
};

/// Scans a stretch and writes a word a block: `tokens` marks every token's first byte and every string's closing quote,
/// lowest bit first; `escapes` marks, among others, the closing quotes of strings that hold a backslash. Returns
/// whether a control character or a bad escape in a string, a backslash outside one, or malformed UTF-8 was met, and
/// stops behind the block where it was noticed.
using Scan = bool (*)(const Stretch& stretch, Carry& carry, std::uint64_t* tokens, std::uint64_t* escapes) noexcept;

bool scan_portable(const Stretch&, Carry&, std::uint64_t* tokens, std::uint64_t* escapes) noexcept;

/// Null where the machine or the build lacks the instructions.
Scan scan_sse2() noexcept;
Scan scan_avx2() noexcept;

}  // namespace bradawl::json
