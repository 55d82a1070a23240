#pragma once

// Private to the kernels of this room. Each kernel is compiled for its own instruction set, so what they share has
// internal linkage: the linker must never take one kernel's copy for another's. For the same reason the kernels include
// no header of the standard library that has inline functions.

#include <cstddef>
#include <cstdint>

#include "json/kernel.hpp"

namespace bradawl::json {
namespace {

// Which bytes of a block of 64 are what; bit i stands for byte i.
struct Masks {
    std::uint64_t quote;
    std::uint64_t backslash;
    std::uint64_t control;  // below 0x20
    std::uint64_t space;    // white space of RFC 8259 section 2
};

// The bytes that give a text its structure, one by one.
struct Structure {
    std::uint64_t open;   // { [
    std::uint64_t close;  // } ]
    std::uint64_t comma;
    std::uint64_t colon;
};

// What only a block with escapes needs.
struct EscapeMasks {
    std::uint64_t letter;  // may stand behind a backslash (RFC 8259 section 7), u among them
    std::uint64_t u;
    std::uint64_t hex;
};

// Where the strings of a block are.
struct Strings {
    std::uint64_t quote;    // opening and closing quotes
    std::uint64_t inside;   // from each opening quote to the byte before its closing one
    std::uint64_t escapes;  // set at the closing quotes of strings that hold a backslash; at others not
    std::uint64_t wrong;    // bytes that break a rule of strings
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

// The sum of `bits` and a bit 0 of `carry`, which is then whether it ran over. Adding a bit to a run of ones moves it
// behind the run, so sums find what follows what.
inline std::uint64_t add(std::uint64_t left, std::uint64_t right, std::uint64_t& carry) noexcept {
    std::uint64_t sum = 0;
    const bool over1 = __builtin_add_overflow(left, right, &sum);
    const bool over2 = __builtin_add_overflow(sum, carry, &sum);
    carry = static_cast<std::uint64_t>(over1) | static_cast<std::uint64_t>(over2);
    return sum;
}

// Finds a block's strings and holds escapes and control characters against RFC 8259 section 7. Block has parity(bits)
// and escape_masks().
template <class Block>
[[gnu::always_inline]] inline Strings find_strings(const Block& block, const Masks& masks, Carry& carry) noexcept {
    Strings strings{masks.quote, 0, 0, 0};
    if ((masks.backslash | carry.escape | carry.hex | carry.mark) != 0) {
        const std::uint64_t escaped = escaped_bytes(masks.backslash, carry.escape);
        strings.quote &= ~escaped;
        strings.inside = Block::parity(strings.quote) ^ carry.in_string;

        const EscapeMasks escape = block.escape_masks();
        const std::uint64_t u = escaped & escape.u;
        const std::uint64_t digits = (u << 1) | (u << 2) | (u << 3) | (u << 4) | carry.hex;
        carry.hex = (u >> 63) | (u >> 62) | (u >> 61) | (u >> 60);
        strings.wrong = (escaped & ~escape.letter) | (digits & ~escape.hex) | (masks.backslash & ~strings.inside);

        // A bit added to the ones of a string moves out of it into the closing quote's place.
        strings.escapes = add(strings.inside, masks.backslash & strings.inside, carry.mark);
    } else {
        strings.inside = Block::parity(strings.quote) ^ carry.in_string;
    }
    carry.in_string = static_cast<std::uint64_t>(static_cast<std::int64_t>(strings.inside) >> 63);
    strings.wrong |= masks.control & strings.inside;
    return strings;
}

// Calls `each(block, index, bytes)` for each block of a stretch until it says that something is wrong, and then returns
// true; `bytes` are the block's, or a copy where it goes beyond the text's end. Block is made from 64 bytes and has
// beyond_ascii(). `utf8_wrong(stretch, index, bytes)` is called for blocks that hold or follow bytes over 0x7f.
template <class Block, auto utf8_wrong, class Each>
[[gnu::always_inline]] inline bool over_blocks(const Stretch& stretch, bool& beyond_ascii, Each&& each) noexcept {
    char padded[64];
    const std::size_t count = stretch.blocks + (stretch.last ? 1 : 0);
    for (std::size_t index = 0; index < count; ++index) {
        const char* bytes = stretch.begin + index * 64;
        if (index == stretch.blocks) [[unlikely]] {
            __builtin_memset(padded, ' ', sizeof padded);
            if (stretch.tail != 0) __builtin_memcpy(padded, bytes, stretch.tail);
            bytes = padded;
        }
        const Block block(bytes);
        if (each(block, index, bytes)) [[unlikely]]
            return true;
        const bool before = beyond_ascii;
        beyond_ascii = block.beyond_ascii();
        if ((beyond_ascii || before) && utf8_wrong(stretch, index, bytes)) [[unlikely]]
            return true;
    }
    return false;
}

}  // namespace
}  // namespace bradawl::json
