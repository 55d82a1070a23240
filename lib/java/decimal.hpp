#pragma once

#include <cstddef>
#include <cstdint>

#include "java/digits.hpp"

namespace bradawl::java {

/// The room that each put function below needs at `out`. None returns more than this, floats and doubles counted with
/// their quotes, but any may use all of it: bytes behind the returned end are left with no meaning.
inline constexpr std::size_t longest_number = 40;

/// Decimal digits at `out`; returns their end.
inline char* put_ulong(char* out, std::uint64_t value) noexcept {
    constexpr std::uint64_t eight = 100'000'000;
    if (value < eight) return put_without_zeros(out, eight_digits(static_cast<std::uint32_t>(value)));
    const std::uint64_t upper = value / eight;
    const std::uint64_t last = eight_digits(static_cast<std::uint32_t>(value - upper * eight));
    if (upper < eight) {
        out = put_without_zeros(out, eight_digits(static_cast<std::uint32_t>(upper)));
        return put_all(out, last);
    }
    const std::uint64_t front = upper / eight;
    out = put_without_zeros(out, eight_digits(static_cast<std::uint32_t>(front)));
    out = put_all(out, eight_digits(static_cast<std::uint32_t>(upper - front * eight)));
    return put_all(out, last);
}
inline char* put_long(char* out, std::int64_t value) noexcept {
    *out = '-';
    const auto bits = static_cast<std::uint64_t>(value);
    return put_ulong(out + (value < 0), value < 0 ? 0 - bits : bits);
}
inline char* put_uint(char* out, std::uint32_t value) noexcept {
    constexpr std::uint32_t eight = 100'000'000;
    if (value < eight) return put_without_zeros(out, eight_digits(value));
    const std::uint32_t upper = value / eight;
    const std::uint32_t tens = upper / 10;
    *out = static_cast<char>('0' + tens);
    out += tens != 0;
    *out++ = static_cast<char>('0' + upper % 10);
    return put_all(out, eight_digits(value % eight));
}
inline char* put_int(char* out, std::int32_t value) noexcept {
    *out = '-';
    const auto bits = static_cast<std::uint32_t>(value);
    return put_uint(out + (value < 0), value < 0 ? 0 - bits : bits);
}

/// The shortest decimal that reads back as the same float or double, and of these the nearest; always with a fraction
/// or an exponent (3.0, 1e+23, 1e-05; the form Python's repr has, floats as floats: 74.72). What JSON cannot say as a
/// number is a string: "NaN" for the NaN that Java writes (7fc00000, 7ff8000000000000), "NaN:0x7f800001" for any other,
/// "Infinity", "-Infinity". They take bits, not values: a signalling NaN would not survive being passed as a float.
char* put_float_bits(char* out, std::uint32_t bits) noexcept;
char* put_double_bits(char* out, std::uint64_t bits) noexcept;

/// The bits of the float or double that the JSON value at [begin, end) stands for: a number (nearest, ties to even), or
/// one of the strings above with its quotes, spelled just so.
struct RealBits {
    enum class Result {
        ok,
        malformed,     ///< no such spelling
        out_of_range,  ///< a finite number beyond the largest float or double: `bits` is the infinity
    } result;
    std::uint64_t bits;
};
RealBits parse_float(const char* begin, const char* end) noexcept;
RealBits parse_double(const char* begin, const char* end) noexcept;

}  // namespace bradawl::java
