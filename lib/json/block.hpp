#pragma once

// Private to the scanners of this room. Each scanner is compiled for its own instruction set, so what they share has
// internal linkage: the linker must never take one scanner's copy for another's. For the same reason the scanners
// include no header of the standard library that has inline functions.

#include <cstddef>
#include <cstdint>

#include "json/scan.hpp"

namespace bradawl::json {
namespace {

// Which bytes of a block of 64 are what; bit i stands for byte i.
struct Masks {
    std::uint64_t quote;
    std::uint64_t backslash;
    std::uint64_t control;      // below 0x20
    std::uint64_t space;        // white space of RFC 8259 section 2
    std::uint64_t punctuation;  // any of {}[]:, and perhaps others that begin no value
};

// What only a block with escapes needs.
struct EscapeMasks {
    std::uint64_t letter;  // may stand behind a backslash (RFC 8259 section 7), u among them
    std::uint64_t u;
    std::uint64_t hex;
};

// What a block was found to hold.
struct Found {
    std::uint64_t tokens;
    std::uint64_t escapes;
    std::uint64_t wrong;
};

// Bit i of the result: whether the bits 0 to i hold an odd number of ones.
[[maybe_unused]] inline std::uint64_t parity_by_shifts(std::uint64_t bits) noexcept {
    for (unsigned shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

// The bytes that a backslash escapes. `carry`: in, whether the first byte is one; out, whether the next block's is.
inline std::uint64_t escaped_bytes(std::uint64_t backslash, std::uint64_t& carry) noexcept {
    std::uint64_t rest = backslash & ~carry;
    std::uint64_t escaped = carry;
    if ((rest & (rest << 1)) == 0) [[likely]] {
        carry = rest >> 63;
        return escaped | (rest << 1);
    }
    // Backslashes in a row: the first escapes the second, which then escapes nothing.
    carry = 0;
    while (rest != 0) {
        const std::uint64_t first = rest & (~rest + 1);
        escaped |= first << 1;
        carry = first >> 63;
        rest &= ~(first | (first << 1));
    }
    return escaped;
}

// Turns masks into tokens. Block has parity(bits) and escape_masks().
template <class Block>
inline Found find(const Block& block, const Masks& masks, Carry& carry) noexcept {
    Found found{0, 0, 0};
    std::uint64_t quote = masks.quote;
    std::uint64_t inside = 0;  // from each opening quote to the byte before its closing one
    if ((masks.backslash | carry.escape | carry.hex | carry.mark) != 0) {
        const std::uint64_t escaped = escaped_bytes(masks.backslash, carry.escape);
        quote &= ~escaped;
        inside = Block::parity(quote) ^ carry.in_string;

        const EscapeMasks escape = block.escape_masks();
        const std::uint64_t u = escaped & escape.u;
        const std::uint64_t digits = (u << 1) | (u << 2) | (u << 3) | (u << 4) | carry.hex;
        carry.hex = (u >> 63) | (u >> 62) | (u >> 61) | (u >> 60);
        found.wrong = (escaped & ~escape.letter) | (digits & ~escape.hex) | (masks.backslash & ~inside);

        // Adding a bit to the ones of a string carries out of it into the closing quote's place.
        std::uint64_t sum = 0;
        const bool out1 = __builtin_add_overflow(inside, masks.backslash & inside, &sum);
        const bool out2 = __builtin_add_overflow(sum, carry.mark, &sum);
        carry.mark = static_cast<std::uint64_t>(out1 || out2);
        found.escapes = sum;
    } else {
        inside = Block::parity(quote) ^ carry.in_string;
    }
    carry.in_string = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
    found.wrong |= masks.control & inside;

    const std::uint64_t scalar = ~(masks.punctuation | masks.space | quote | inside);
    const std::uint64_t scalar_start = scalar & ~((scalar << 1) | carry.scalar);
    carry.scalar = scalar >> 63;
    found.tokens = (masks.punctuation & ~inside) | quote | scalar_start;
    return found;
}

// Scans a stretch block by block. Block is made from 64 bytes and has beyond_ascii() and masks() too; Utf8 has
// wrong(block, stretch, offset, size), called for each block that holds or follows bytes over 0x7f, and skip(block).
template <class Block, class Utf8>
inline bool scan_blocks(const Stretch& stretch, Carry& carry, std::uint64_t* tokens, std::uint64_t* escapes) noexcept {
    Carry now = carry;
    Utf8 utf8(stretch);
    const std::size_t words = stretch.blocks + (stretch.last ? 1 : 0);
    bool wrong = false;
    for (std::size_t index = 0; index < words && !wrong; ++index) {
        const char* at = stretch.begin + index * 64;
        char padded[64];
        const bool whole = index < stretch.blocks;
        if (!whole) {
            __builtin_memset(padded, ' ', sizeof padded);
            if (stretch.tail != 0) __builtin_memcpy(padded, at, stretch.tail);
            at = padded;
        }
        const Block block(at);
        const bool beyond_ascii = block.beyond_ascii();
        if (beyond_ascii || now.beyond_ascii) {
            wrong = utf8.wrong(block, index * 64, whole ? 64 : stretch.tail, !whole);
        } else {
            utf8.skip(block);
        }
        now.beyond_ascii = beyond_ascii;
        const Found found = find(block, block.masks(), now);
        tokens[index] = found.tokens;
        escapes[index] = found.escapes;
        wrong = wrong || found.wrong != 0;
    }
    carry = now;
    return wrong;
}

}  // namespace
}  // namespace bradawl::json
