#pragma once

// Private to the kernels of this room; see block.hpp.

#include "json/block.hpp"

namespace bradawl::json {
namespace {

// Kernel::scan. Block has masks() and punctuation(): any of {}[]:, and perhaps others that begin no value.
template <class Block, auto utf8_wrong>
bool scan_blocks(const Stretch& stretch, Carry& carry, std::uint64_t* tokens, std::uint64_t* escapes) noexcept {
    Carry now = carry;
    const bool wrong = over_blocks<Block, utf8_wrong>(
        stretch,
        carry.beyond_ascii, [&](const Block& block, std::size_t index, const char*) __attribute__((always_inline)) {
            const Masks masks = block.masks();
            const Strings strings = find_strings(block, masks, now);
            const std::uint64_t punctuation = block.punctuation() & ~strings.inside;
            const std::uint64_t scalar = ~(punctuation | masks.space | strings.quote | strings.inside);
            const std::uint64_t scalar_start = scalar & ~((scalar << 1) | now.scalar);
            now.scalar = scalar >> 63;
            tokens[index] = punctuation | strings.quote | scalar_start;
            escapes[index] = strings.escapes;
            return strings.wrong != 0;
        });
    now.beyond_ascii = carry.beyond_ascii;
    carry = now;
    return wrong;
}

}  // namespace
}  // namespace bradawl::json
