#include "csv/numbers.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bradawl::csv {

namespace {

// A whole number below 10^15 and a power of ten up to 10^22 are exact doubles, so that one division rounds once
// (Clinger, How to Read Floating Point Numbers Accurately, 1990).
constexpr std::array<double, 16> powers_of_ten{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr std::size_t most_digits = 15;

double with_sign(double value, bool negative) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) | std::uint64_t{negative} << 63);
}

#if defined(__x86_64__)

constexpr std::size_t lane = 16;
constexpr std::size_t no_point = lane;

/// Shuffles that move the digits of a field of `length` bytes with its point at `point` to the right end of a lane.
struct Shuffles {
    std::array<std::array<std::array<std::uint8_t, lane>, lane + 1>, lane> of{};

    constexpr Shuffles() {
        for (std::size_t length = 0; length < lane; ++length) {
            for (std::size_t point = 0; point <= lane; ++point) {
                std::size_t to = lane;
                for (std::size_t from = length; from-- > 0;)
                    if (from != point) of[length][point][--to] = static_cast<std::uint8_t>(from);
                while (to > 0)
                    of[length][point][--to] = 0x80;
            }
        }
    }
};
constexpr Shuffles shuffles;

__attribute__((target("sse4.1"))) std::size_t read_numbers_sse41(const char*& at, const char* end, char separator,
                                                                 double* out, std::size_t most) {
    const __m128i ends = _mm_set1_epi8(separator);
    const __m128i points = _mm_set1_epi8('.');
    const __m128i zeros = _mm_set1_epi8('0');
    const __m128i nines = _mm_set1_epi8(9);
    const __m128i tens = _mm_set1_epi16(0x010a);
    const __m128i hundreds = _mm_set1_epi32(0x00010064);
    const __m128i ten_thousands = _mm_set1_epi32(0x00012710);
    std::size_t count = 0;
    const char* p = at;
    for (; count < most && p < end; ++count) {
        const bool negative = *p == '-';
        const char* const digits = p + (negative ? 1 : 0);
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(digits));
        auto end_mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, ends)));
        const auto left = static_cast<std::size_t>(end - digits);
        if (left < lane) end_mask |= 1U << left;
        if (end_mask == 0) break;
        const auto length = static_cast<unsigned>(std::countr_zero(end_mask));
        const unsigned field = (1U << length) - 1;
        const __m128i values = _mm_sub_epi8(bytes, zeros);
        const auto digit_mask =
            static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(values, nines), values))) & field;
        const auto point_mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, points))) & field;
        // At most one point, all else digits, and a digit in front.
        if ((digit_mask | point_mask) != field || (point_mask & (point_mask - 1)) != 0 || (digit_mask & 1) == 0) break;
        const unsigned point = point_mask == 0 ? no_point : static_cast<unsigned>(std::countr_zero(point_mask));
        const __m128i order = _mm_loadu_si128(reinterpret_cast<const __m128i*>(shuffles.of[length][point].data()));
        const __m128i aligned = _mm_shuffle_epi8(values, order);
        const __m128i fours = _mm_madd_epi16(_mm_maddubs_epi16(aligned, tens), hundreds);
        const __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), ten_thousands);
        const auto both = static_cast<std::uint64_t>(_mm_cvtsi128_si64(eights));
        const std::uint64_t whole = (both & 0xffffffff) * 100000000 + (both >> 32);
        const std::size_t decimals = point_mask == 0 ? 0 : length - point - 1;
        out[count] =
            with_sign(static_cast<double>(static_cast<std::int64_t>(whole)) / powers_of_ten[decimals], negative);
        p = digits + length + 1;
    }
    at = p;
    return count;
}

#endif

}  // namespace

std::size_t read_numbers_portable(const char*& at, const char* end, char separator, double* out, std::size_t most) {
    std::size_t count = 0;
    const char* p = at;
    for (; count < most && p <= end; ++count) {
        const char* q = p;
        const bool negative = q != end && *q == '-';
        q += negative ? 1 : 0;
        const char* const first = q;
        std::uint64_t whole = 0;
        const char* point = nullptr;
        for (; q != end && *q != separator; ++q) {
            const auto digit = static_cast<unsigned>(static_cast<unsigned char>(*q)) - '0';
            if (digit <= 9) {
                whole = whole * 10 + digit;
            } else if (*q == '.' && point == nullptr && q != first) {
                point = q;
            } else {
                break;
            }
        }
        const auto length = static_cast<std::size_t>(q - first);
        if ((q != end && *q != separator) || length == 0 || length > most_digits) break;
        const std::size_t decimals = point == nullptr ? 0 : static_cast<std::size_t>(q - point) - 1;
        out[count] =
            with_sign(static_cast<double>(static_cast<std::int64_t>(whole)) / powers_of_ten[decimals], negative);
        p = q + 1;
    }
    at = p;
    return count;
}

NumberReader best_number_reader() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.1")) return read_numbers_sse41;
#endif
    return read_numbers_portable;
}

}  // namespace bradawl::csv
