#include "java/decimal.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <string_view>

#include "java/real_format.hpp"

namespace bradawl::java {
namespace {

// Finding the shortest decimal takes some 20 ns, but most numbers in records have few decimals, and these are quick to
// find and to prove. Where the values of a format lie closer to each other than 10^-d, no more than one multiple of
// 10^-d reads back as a given value. If there is one, it is the shortest decimal that does: any other has more than d
// decimals. `Range`: from `from` on and below `below` that holds for the decimals of `scale`.
template <class Real>
struct Range {
    Real from;
    Real below;
    Real scale;
    std::uint32_t to_fixed4;  // what makes units of 10^-4, or else
    std::uint32_t to_fixed8;  // units of 10^-8, out of units of 1 / scale
};
struct Double : DoubleFormat {
    static constexpr double dense4 = 0x1p39;  // below it lie values closer than 10^-4
    static constexpr Range<double> other_ranges[] = {
        {1e-4, 0x1p26, 1e8, 0, 1}, {0x1p26, 0x1p33, 1e6, 0, 100}, {0x1p39, 0x1p50, 1, 10'000, 0}};
};
struct Float : FloatFormat {
    static constexpr float dense4 = 0x1p10F;
    static constexpr Range<float> other_ranges[] = {{0x1p10F, 0x1p17F, 1e2F, 100, 0}, {0x1p17F, 0x1p23F, 1, 10'000, 0}};
};

char* put_text(char* out, std::string_view text) noexcept {
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

char* put_exponent(char* out, int exponent) noexcept {
    *out++ = 'e';
    *out++ = exponent < 0 ? '-' : '+';
    const std::uint32_t digits = four_digits(static_cast<std::uint32_t>(exponent < 0 ? -exponent : exponent));
    *out = static_cast<char>('0' + (digits >> 8 & 0xf));
    out += (digits & 0xf00) != 0;
    store_word(out, static_cast<std::uint16_t>((digits | ascii_zeros) >> 16));
    return out + 2;
}

// Moves `size` bytes from `at` on by `distance`: a number known here is quicker than the true one.
template <std::size_t size>
void move_digits(char* at, int distance) noexcept {
    char digits[size];
    std::memcpy(digits, at, size);
    std::memcpy(at + distance, digits, size);
}

// Most have 16 or 17 digits, as often the one as the other: a branch would be guessed wrongly every second time.
char* put_significand(char* out, std::uint64_t value) noexcept {
    constexpr std::uint64_t eight = 100'000'000;
    if (value < eight * eight / 10) return put_ulong(out, value);
    const std::uint64_t front = value / (eight * eight);
    const std::uint64_t upper = value / eight - front * eight;
    *out = static_cast<char>('0' + front);
    out = put_all(out + (front != 0), eight_digits(static_cast<std::uint32_t>(upper)));
    return put_all(out, eight_digits(static_cast<std::uint32_t>(value % eight)));
}

// Writes significand * 10^exponent, where the significand has at most 17 digits and the last one is no zero.
char* put_shortest(char* out, std::uint64_t significand, int exponent) noexcept {
    char* end = put_significand(out, significand);
    const int count = static_cast<int>(end - out);
    const int point = count + exponent;  // how many digits stand in front of the point
    if (point <= -4 || point > 16) {
        if (count > 1) {
            move_digits<16>(out + 1, 1);
            out[1] = '.';
            ++end;
        }
        return put_exponent(end, point - 1);
    }
    if (point <= 0) {
        move_digits<17>(out, 2 - point);
        std::memcpy(out, "0.000", static_cast<std::size_t>(2 - point));
        return end + 2 - point;
    }
    if (exponent >= 0) {
        std::memset(end, '0', 16);
        return put_text(end + exponent, ".0");
    }
    move_digits<16>(out + point, 1);
    out[point] = '.';
    return end + 1;
}

// The digits behind a point without the zeros at their end, but at least one.
template <class Word>
char* put_fraction(char* out, Word digits) noexcept {
    *out++ = '.';
    store_word(out, digits | static_cast<Word>(ascii_zeros));
    return out + sizeof digits - std::countl_zero(digits | 1) / 8;
}

// A value given in units of 10^-4, or of 10^-8.
char* put_fixed4(char* out, std::uint64_t value) noexcept {
    const std::uint64_t whole = value / 10'000;
    return put_fraction(put_ulong(out, whole), four_digits(static_cast<std::uint32_t>(value - whole * 10'000)));
}
char* put_fixed8(char* out, std::uint64_t value) noexcept {
    const std::uint64_t whole = value / 100'000'000;
    return put_fraction(put_ulong(out, whole), eight_digits(static_cast<std::uint32_t>(value - whole * 100'000'000)));
}

template <class Format>
char* put_not_finite(char* out, typename Format::Bits bits) noexcept {
    if ((bits & Format::fraction) == 0)
        return put_text(out, bits == Format::infinity ? "\"Infinity\"" : "\"-Infinity\"");
    if (bits == Format::nan) return put_text(out, "\"NaN\"");
    out = put_text(out, "\"NaN:0x");
    for (int shift = Format::size - 4; shift >= 0; shift -= 4)
        *out++ = "0123456789abcdef"[bits >> shift & 0xf];
    *out++ = '"';
    return out;
}

// `value` in units of 1 / scale if that many units are what reads back as `value`, else a negative number. The product
// of doubles finds the only candidate; the division of two numbers that the format holds exactly proves it.
template <class Real>
std::int64_t in_units(Real value, Real scale) noexcept {
    const auto units = static_cast<std::int64_t>(static_cast<double>(value) * static_cast<double>(scale) + 0.5);
    return static_cast<Real>(units) / scale == value ? units : -1;
}

// What is no multiple of 10^-4, or too large to be sure that there is only one that reads back.
template <class Format>
[[gnu::noinline]] char* put_other(char* out, typename Format::Real value) noexcept {
    for (const auto& range : Format::other_ranges) {
        if (value < range.from || value >= range.below) continue;
        const std::int64_t units = in_units(value, range.scale);
        if (units < 0) break;
        const auto positive = static_cast<std::uint64_t>(units);
        return range.to_fixed8 != 0 ? put_fixed8(out, positive * range.to_fixed8)
                                    : put_fixed4(out, positive * range.to_fixed4);
    }
    const auto decimal = fmt::detail::dragonbox::to_decimal(value);
    return put_shortest(out, decimal.significand, decimal.exponent);
}

template <class Format>
char* put_real(char* out, typename Format::Bits bits) noexcept {
    using Real = typename Format::Real;
    if ((bits & Format::infinity) == Format::infinity) [[unlikely]]
        return put_not_finite<Format>(out, bits);
    *out = '-';
    out += bits >> (Format::size - 1);
    const auto value = std::bit_cast<Real>(bits & ~Format::sign);
    if (value < Format::dense4) [[likely]] {
        if (const std::int64_t units = in_units(value, Real{1e4}); units >= 0) [[likely]]
            return put_fixed4(out, static_cast<std::uint64_t>(units));
    }
    return put_other<Format>(out, value);
}

}  // namespace

char* put_double_bits(char* out, std::uint64_t bits) noexcept {
    return put_real<Double>(out, bits);
}

char* put_float_bits(char* out, std::uint32_t bits) noexcept {
    return put_real<Float>(out, bits);
}

}  // namespace bradawl::java
