#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace bradawl::java {

/// Sets of bytes, for prefix(). `has` says what is in a set; `stops` has a bit for each byte of a block that is not.
/// In SSE2 comparisons bytes are signed: 80..FF are below 00.

/// What stands in a JSON string as in modified UTF-8, a byte a character: 20..7F without the quote and the backslash.
struct PlainBytes {
    static bool has(std::uint8_t byte) noexcept { return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\'; }
#if defined(__SSE2__)
    static unsigned stops(__m128i block) noexcept {
        const __m128i escaped =
            _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\\')));
        const __m128i printable = _mm_cmpgt_epi8(block, _mm_set1_epi8(0x1f));
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_andnot_si128(escaped, printable))) ^ 0xffff;
    }
#endif
};

/// What canonical modified UTF-8 and the inside of a JSON string in UTF-8 have in common: all but control characters,
/// the quote, the backslash, and the leads C0 (only of U+0000) and ED (of surrogates, and of U+D000 to U+D7FF).
struct SharedBytes {
    static bool has(std::uint8_t byte) noexcept {
        return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0xc0 && byte != 0xed;
    }
#if defined(__SSE2__)
    static unsigned stops(__m128i block) noexcept {
        const auto is = [block](int byte) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(static_cast<char>(byte))); };
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1f)), block);
        const __m128i escaped = _mm_or_si128(_mm_or_si128(is('"'), is('\\')), control);
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(escaped, _mm_or_si128(is(0xc0), is(0xed)))));
    }
#endif
};

/// 01..7F: what modified UTF-8 says in one byte.
struct OneByteUnits {
    static bool has(std::uint8_t byte) noexcept { return byte - 1U < 0x7f; }
#if defined(__SSE2__)
    static unsigned stops(__m128i block) noexcept {
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpgt_epi8(block, _mm_setzero_si128()))) ^ 0xffff;
    }
#endif
};

/// What becomes of the bytes that prefix() goes over: nothing, or a copy. `size` bytes stand at `from`, `at` bytes from
/// the front.
struct Unkept {
    template <std::size_t size>
    void keep(std::size_t, const void*) const noexcept {}
};
struct CopiedTo {
    char* out;
    template <std::size_t size>
    void keep(std::size_t at, const void* from) const noexcept {
        std::memcpy(out + at, from, size);
    }
};

/// How many of `n` bytes from the front are in a set. A copy is made of these at least, and of no more than `n`.
template <class Set, class Sink>
inline std::size_t prefix_by_byte(const std::uint8_t* bytes, std::size_t n, Sink sink) noexcept {
    std::size_t at = 0;
    for (; at != n && Set::has(bytes[at]); ++at)
        sink.template keep<1>(at, bytes + at);
    return at;
}

#if defined(__SSE2__)
template <std::size_t size, class Sink>
inline __m128i load_block(const std::uint8_t* bytes, std::size_t at, Sink sink) noexcept {
    __m128i block = _mm_setzero_si128();
    std::memcpy(&block, bytes + at, size);
    sink.template keep<size>(at, &block);
    return block;
}

/// For 2 to 8 bytes, the lengths of most words: takes them as four pairs that may overlap, since a branch on the length
/// would often be guessed wrongly.
template <class Set, class Sink>
inline std::size_t prefix_of_pairs(const std::uint8_t* bytes, std::size_t n, Sink sink) noexcept {
    const std::size_t places[] = {0, n < 4 ? n - 2 : 2, n < 4 ? 0 : n - 4, n - 2};
    std::uint64_t word = 0;
    for (int i = 0; i < 4; ++i) {
        std::uint16_t pair = 0;
        std::memcpy(&pair, bytes + places[i], sizeof pair);
        sink.template keep<sizeof pair>(places[i], &pair);
        word |= std::uint64_t{pair} << 16 * i;
    }
    if ((Set::stops(_mm_set_epi64x(0, static_cast<long long>(word))) & 0xff) == 0) [[likely]]
        return n;
    return prefix_by_byte<Set>(bytes, n, sink);
}

/// For 8 to 16 bytes: as two blocks of eight that may overlap.
template <class Set, class Sink>
inline std::size_t prefix_of_two(const std::uint8_t* bytes, std::size_t n, Sink sink) noexcept {
    const std::size_t second = n - 8;
    const __m128i front = load_block<8>(bytes, 0, sink);
    const __m128i back = load_block<8>(bytes, second, sink);
    const unsigned stops = Set::stops(_mm_unpacklo_epi64(front, back));
    if (stops == 0) return n;
    const auto at = static_cast<std::size_t>(std::countr_zero(stops));
    return at < 8 ? at : at - 8 + second;
}

/// The same as prefix_by_byte().
template <class Set, class Sink>
inline std::size_t prefix(const std::uint8_t* bytes, std::size_t n, Sink sink) noexcept {
    if (n < 2) return prefix_by_byte<Set>(bytes, n, sink);
    if (n <= 8) return prefix_of_pairs<Set>(bytes, n, sink);
    if (n < 16) return prefix_of_two<Set>(bytes, n, sink);
    for (std::size_t at = 0;; at = at + 32 <= n ? at + 16 : n - 16) {  // the last block may overlap
        const unsigned stops = Set::stops(load_block<16>(bytes, at, sink));
        if (stops != 0) return at + static_cast<std::size_t>(std::countr_zero(stops));
        if (at + 16 == n) return n;
    }
}
#else
template <class Set, class Sink>
inline std::size_t prefix(const std::uint8_t* bytes, std::size_t n, Sink sink) noexcept {
    return prefix_by_byte<Set>(bytes, n, sink);
}
#endif

}  // namespace bradawl::java
