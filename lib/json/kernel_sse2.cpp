// The kernel for every x86-64 machine.

#include "json/grammar.hpp"
#include "json/scan_blocks.hpp"
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
        for (int i = 0; i < 4; ++i) {
            const __m128i part = parts_[i];
            control[i] = _mm_cmpeq_epi8(_mm_min_epu8(part, _mm_set1_epi8(0x1f)), part);
            space[i] =
                _mm_or_si128(_mm_or_si128(is(part, ' '), is(part, '\t')), _mm_or_si128(is(part, '\n'), is(part, '\r')));
        }
        return {mask_of('"'), mask_of('\\'), mask(control), mask(space)};
    }

    Structure structure() const noexcept {
        __m128i open[4];
        __m128i close[4];
        for (int i = 0; i < 4; ++i) {
            const __m128i folded = fold(parts_[i]);
            open[i] = is(folded, '{');
            close[i] = is(folded, '}');
        }
        return {mask(open), mask(close), mask_of(','), mask_of(':')};
    }

    std::uint64_t punctuation() const noexcept {
        __m128i all[4];
        for (int i = 0; i < 4; ++i) {
            const __m128i folded = fold(parts_[i]);
            all[i] = _mm_or_si128(_mm_or_si128(is(folded, '{'), is(folded, '}')),
                                  _mm_or_si128(is(parts_[i], ':'), is(parts_[i], ',')));
        }
        return mask(all);
    }

    std::uint64_t digits() const noexcept {
        __m128i digits[4];
        for (int i = 0; i < 4; ++i)
            digits[i] = between(parts_[i], '0', '9');
        return mask(digits);
    }

    std::uint64_t zeros() const noexcept { return mask_of('0'); }

    EscapeMasks escape_masks() const noexcept {
        __m128i letter[4];
        __m128i hex[4];
        for (int i = 0; i < 4; ++i) {
            const __m128i part = parts_[i];
            letter[i] =
                _mm_or_si128(_mm_or_si128(is(part, '"'), is(part, '\\')), _mm_or_si128(is(part, '/'), is(part, 'u')));
            for (const char* c = "bfnrt"; *c != 0; ++c)
                letter[i] = _mm_or_si128(letter[i], is(part, *c));
            hex[i] = _mm_or_si128(between(part, '0', '9'), between(fold(part), 'a', 'f'));
        }
        return {mask(letter), mask_of('u'), mask(hex)};
    }

private:
    static __m128i is(__m128i part, char c) noexcept { return _mm_cmpeq_epi8(part, _mm_set1_epi8(c)); }

    // Setting bit 5 makes [ and ] the same as { and }, and capital letters small.
    static __m128i fold(__m128i part) noexcept { return _mm_or_si128(part, _mm_set1_epi8(0x20)); }

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

}  // namespace

const Kernel* sse2_kernel() noexcept {
    static constexpr Kernel kernel{scan_blocks<Sse2Block, utf8_wrong_by_bytes>,
                                   text_holds<Sse2Block, utf8_wrong_by_bytes>};
    return &kernel;
}

}  // namespace bradawl::json

#else

namespace bradawl::json {

const Kernel* sse2_kernel() noexcept {
    return nullptr;
}

}  // namespace bradawl::json

#endif
