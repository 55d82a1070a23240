// The scanner for every x86-64 machine.

#include "json/utf8_block.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>

namespace bradawl::json {
namespace {

class Sse2Block {
public:
    explicit Sse2Block(const char* bytes) noexcept {
        for (int i = 0; i < 4; ++i)
            parts_[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + i);
    }

    static std::uint64_t parity(std::uint64_t bits) noexcept { return parity_by_shifts(bits); }

    bool beyond_ascii() const noexcept {
        const __m128i all = _mm_or_si128(_mm_or_si128(parts_[0], parts_[1]), _mm_or_si128(parts_[2], parts_[3]));
        return _mm_movemask_epi8(all) != 0;
    }

    Masks masks() const noexcept {
        __m128i control[4];
        __m128i space[4];
        __m128i punctuation[4];
        for (int i = 0; i < 4; ++i) {
            const __m128i part = parts_[i];
            control[i] = _mm_cmpeq_epi8(_mm_min_epu8(part, _mm_set1_epi8(0x1f)), part);
            space[i] =
                _mm_or_si128(_mm_or_si128(is(part, ' '), is(part, '\t')), _mm_or_si128(is(part, '\n'), is(part, '\r')));
            // Setting bit 5 makes [ and ] the same as { and }.
            const __m128i folded = _mm_or_si128(part, _mm_set1_epi8(0x20));
            punctuation[i] = _mm_or_si128(_mm_or_si128(is(folded, '{'), is(folded, '}')),
                                          _mm_or_si128(is(part, ':'), is(part, ',')));
        }
        return {mask_of('"'), mask_of('\\'), mask(control), mask(space), mask(punctuation)};
    }

    EscapeMasks escape_masks() const noexcept {
        __m128i letter[4];
        __m128i hex[4];
        for (int i = 0; i < 4; ++i) {
            const __m128i part = parts_[i];
            letter[i] =
                _mm_or_si128(_mm_or_si128(is(part, '"'), is(part, '\\')), _mm_or_si128(is(part, '/'), is(part, 'u')));
            for (const char* c = "bfnrt"; *c != 0; ++c)
                letter[i] = _mm_or_si128(letter[i], is(part, *c));
            const __m128i folded = _mm_or_si128(part, _mm_set1_epi8(0x20));
            hex[i] = _mm_or_si128(between(part, '0', '9'), between(folded, 'a', 'f'));
        }
        return {mask(letter), mask_of('u'), mask(hex)};
    }

private:
    static __m128i is(__m128i part, char c) noexcept { return _mm_cmpeq_epi8(part, _mm_set1_epi8(c)); }

    // Bytes over 0x7f are negative here, so below every `low`.
    static __m128i between(__m128i part, char low, char high) noexcept {
        return _mm_and_si128(_mm_cmpgt_epi8(part, _mm_set1_epi8(static_cast<char>(low - 1))),
                             _mm_cmplt_epi8(part, _mm_set1_epi8(static_cast<char>(high + 1))));
    }

    static std::uint64_t mask(const __m128i (&parts)[4]) noexcept {
        std::uint64_t bits = 0;
        for (int i = 0; i < 4; ++i) {
            bits |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(parts[i]))) << (16 * i);
        }
        return bits;
    }

    std::uint64_t mask_of(char c) const noexcept {
        const __m128i parts[4] = {is(parts_[0], c), is(parts_[1], c), is(parts_[2], c), is(parts_[3], c)};
        return mask(parts);
    }

    __m128i parts_[4];
};

bool scan(const Stretch& stretch, Carry& carry, std::uint64_t* tokens, std::uint64_t* escapes) noexcept {
    return scan_blocks<Sse2Block, Utf8ByBytes>(stretch, carry, tokens, escapes);
}

}  // namespace

Scan scan_sse2() noexcept {
    return scan;
}

}  // namespace bradawl::json

#else

namespace bradawl::json {

Scan scan_sse2() noexcept {
    return nullptr;
}

}  // namespace bradawl::json

#endif
