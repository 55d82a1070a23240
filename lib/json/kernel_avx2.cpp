// The kernel for x86-64 machines with AVX2. The build compiles this file alone with -mavx2 -mbmi -mpclmul.

#include "json/grammar.hpp"
#include "json/scan_blocks.hpp"

#if defined(__AVX2__) && defined(__PCLMUL__) && defined(__BMI__)
#include <immintrin.h>

namespace bradawl::json {
namespace {

// The same 16 entries in both halves, as the byte shuffle wants them.
inline __m256i table(__m128i entries) noexcept {
    return _mm256_broadcastsi128_si256(entries);
}

inline std::uint64_t mask(__m256i low, __m256i high) noexcept {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
           (static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32);
}

inline __m256i high_nibbles(__m256i bytes) noexcept {
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
}

class Avx2Block {
public:
    explicit Avx2Block(const char* bytes) noexcept
        : low(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes))),
          high(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes) + 1)) {}

    static std::uint64_t parity(std::uint64_t bits) noexcept {
        const __m128i product =
            _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(bits)), _mm_set1_epi8(-1), 0);
        return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
    }

    bool beyond_ascii() const noexcept { return _mm256_movemask_epi8(_mm256_or_si256(low, high)) != 0; }

    Masks masks() const noexcept {
        return {mask_of('"'), mask_of('\\'), mask(control(low), control(high)), mask(space(low), space(high))};
    }

    Structure structure() const noexcept {
        const __m256i low_folded = fold(low);
        const __m256i high_folded = fold(high);
        return {mask(is(low_folded, '{'), is(high_folded, '{')), mask(is(low_folded, '}'), is(high_folded, '}')),
                mask_of(','), mask_of(':')};
    }

    std::uint64_t punctuation() const noexcept { return mask(punctuation(low), punctuation(high)); }

    std::uint64_t digits() const noexcept { return mask(digits(low), digits(high)); }

    std::uint64_t zeros() const noexcept { return mask_of('0'); }

    EscapeMasks escape_masks() const noexcept {
        const __m256i low_kinds = escape_kinds(low);
        const __m256i high_kinds = escape_kinds(high);
        return {mask(any(low_kinds, 0x0f), any(high_kinds, 0x0f)), mask_of('u'),
                mask(any(low_kinds, 0x30), any(high_kinds, 0x30))};
    }

    __m256i low;
    __m256i high;

private:
    static __m256i is(__m256i part, char c) noexcept { return _mm256_cmpeq_epi8(part, _mm256_set1_epi8(c)); }

    std::uint64_t mask_of(char c) const noexcept { return mask(is(low, c), is(high, c)); }

    // Setting bit 5 makes [ and ] the same as { and }.
    static __m256i fold(__m256i part) noexcept { return _mm256_or_si256(part, _mm256_set1_epi8(0x20)); }

    static __m256i digits(__m256i part) noexcept {
        const __m256i from_zero = _mm256_sub_epi8(part, _mm256_set1_epi8('0'));
        return _mm256_cmpeq_epi8(_mm256_min_epu8(from_zero, _mm256_set1_epi8(9)), from_zero);
    }

    static __m256i control(__m256i part) noexcept {
        return _mm256_cmpeq_epi8(_mm256_min_epu8(part, _mm256_set1_epi8(0x1f)), part);
    }

    // Each byte looks up, by its low nibble, the one character of the set that has that nibble. Where there is none the
    // entry is 0, which differs from the byte itself in all places but 0; there the entry is a space. Bytes over 0x7f
    // find 0.
    static __m256i space(__m256i part) noexcept {
        const __m256i set = table(_mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0));
        return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(set, part), part);
    }

    // Folded, two control characters pass for : and , too.
    static __m256i punctuation(__m256i part) noexcept {
        const __m256i set = table(_mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0));
        return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(set, part), fold(part));
    }

    // Bits 0 to 3: the byte may follow a backslash (its high nibble is 2, 5, 6, 7). Bits 4 and 5: it is a hex digit.
    static __m256i escape_kinds(__m256i part) noexcept {
        const __m256i by_low =
            table(_mm_setr_epi8(0x10, 0x30, 0x3d, 0x30, 0x38, 0x38, 0x34, 0x10,  // "br and digits; t; u; f
                                0x10, 0x10, 0, 0, 0x02, 0, 0x04, 0x01));         // backslash; n; slash
        const __m256i by_high = table(_mm_setr_epi8(0, 0, 0x01, 0x10, 0x20, 0x02, 0x24, 0x08, 0, 0, 0, 0, 0, 0, 0, 0));
        return _mm256_and_si256(_mm256_shuffle_epi8(by_low, part), _mm256_shuffle_epi8(by_high, high_nibbles(part)));
    }

    static __m256i any(__m256i kinds, char bits) noexcept {
        return _mm256_cmpgt_epi8(_mm256_and_si256(kinds, _mm256_set1_epi8(bits)), _mm256_setzero_si256());
    }
};

// UTF-8 by the range lookup of Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (Software:
// Practice and Experience 51, 2021), section 6. Three lookups by nibbles of two neighbouring bytes each give the set of
// faults that the nibble allows; a fault is there when all three agree.
enum Fault : char {
    too_short = 0x01,      // a lead or ASCII where a continuation must be
    too_long = 0x02,       // ASCII before a continuation
    overlong_3 = 0x04,     // E0 80..9F
    too_large = 0x08,      // F4 90.. and F5.. 90..
    surrogate = 0x10,      // ED A0..
    overlong_2 = 0x20,     // C0, C1
    far_or_long_4 = 0x40,  // F5.. 80..8F and F0 80..8F
    two_continuations = -0x80,
};

inline __m256i first_high() noexcept {
    return table(_mm_setr_epi8(too_long, too_long, too_long, too_long, too_long, too_long, too_long, too_long,
                               two_continuations, two_continuations, two_continuations, two_continuations,
                               too_short | overlong_2, too_short, too_short | overlong_3 | surrogate,
                               too_short | too_large | far_or_long_4));
}

inline __m256i first_low() noexcept {
    constexpr char any = too_short | too_long | two_continuations;
    constexpr char far = any | too_large | far_or_long_4;
    return table(_mm_setr_epi8(any | overlong_3 | overlong_2 | far_or_long_4, any | overlong_2, any, any,
                               any | too_large, far, far, far, far, far, far, far, far, far | surrogate, far, far));
}

inline __m256i second_high() noexcept {
    constexpr char any = too_long | overlong_2 | two_continuations;
    return table(_mm_setr_epi8(too_short, too_short, too_short, too_short, too_short, too_short, too_short, too_short,
                               any | overlong_3 | far_or_long_4, any | overlong_3 | too_large,
                               any | surrogate | too_large, any | surrogate | too_large, too_short, too_short,
                               too_short, too_short));
}

inline __m256i faults_of(__m256i bytes, __m256i previous) noexcept {
    const __m256i across = _mm256_permute2x128_si256(previous, bytes, 0x21);
    const __m256i one_back = _mm256_alignr_epi8(bytes, across, 15);
    const __m256i two_back = _mm256_alignr_epi8(bytes, across, 14);
    const __m256i three_back = _mm256_alignr_epi8(bytes, across, 13);
    const __m256i pair = _mm256_and_si256(
        _mm256_and_si256(_mm256_shuffle_epi8(first_high(), high_nibbles(one_back)),
                         _mm256_shuffle_epi8(first_low(), _mm256_and_si256(one_back, _mm256_set1_epi8(0x0f)))),
        _mm256_shuffle_epi8(second_high(), high_nibbles(bytes)));
    // Two continuations in a row are a fault unless a lead of three or four bytes wants them, and the reverse.
    const __m256i wanted = _mm256_or_si256(_mm256_subs_epu8(two_back, _mm256_set1_epi8(0xe0 - 0x80)),
                                           _mm256_subs_epu8(three_back, _mm256_set1_epi8(0xf0 - 0x80)));
    return _mm256_xor_si256(_mm256_and_si256(wanted, _mm256_set1_epi8(two_continuations)), pair);
}

// Not inlined, so that the loop over blocks, most of them ASCII, keeps its registers.
[[gnu::noinline]] bool utf8_wrong_by_ranges(const Stretch& stretch, std::size_t index, const char* bytes) noexcept {
    const Avx2Block block(bytes);
    const char* const at = stretch.begin + index * 64;
    const __m256i previous = stretch.before + index != 0 ? _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at) - 1)
                                                         : _mm256_setzero_si256();
    const __m256i faults = _mm256_or_si256(faults_of(block.low, previous), faults_of(block.high, block.low));
    return _mm256_testz_si256(faults, faults) == 0;
}

}  // namespace

const Kernel* avx2_kernel() noexcept {
    static constexpr Kernel kernel{scan_blocks<Avx2Block, utf8_wrong_by_ranges>,
                                   text_holds<Avx2Block, utf8_wrong_by_ranges>};
    __builtin_cpu_init();
    const bool able =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("bmi");
    return able ? &kernel : nullptr;
}

}  // namespace bradawl::json

#else

namespace bradawl::json {

const Kernel* avx2_kernel() noexcept {
    return nullptr;
}

}  // namespace bradawl::json

#endif
