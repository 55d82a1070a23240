#include <bit>
#include <cfloat>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

#include "java/decimal.hpp"
#include "java/real_format.hpp"
#include "json/number.hpp"

namespace bradawl::java {
namespace {

using Result = RealBits::Result;

constexpr RealBits malformed{Result::malformed, 0};

// The powers of ten that a double holds exactly.
constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int largest_power = 22;

// A number (RFC 8259 section 6): without its sign, digits * 10^exponent.
struct Scanned {
    bool negative;
    bool short_enough;  // for `digits` to hold them all
    std::uint64_t digits;
    std::int64_t exponent;
};

// Reads digits into a number; what does not fit is lost.
const char* scan_digits(const char* at, const char* end, std::uint64_t& digits) noexcept {
    for (; at != end; ++at) {
        const auto digit = static_cast<unsigned char>(*at - '0');
        if (digit > 9) break;
        digits = digits * 10 + digit;
    }
    return at;
}

// The exponent behind the `e`; null when there is none. One that is beyond all use is not kept exactly.
const char* scan_exponent(const char* at, const char* end, std::int64_t& exponent) noexcept {
    const bool negative = at != end && *at == '-';
    if (at != end && (*at == '-' || *at == '+')) ++at;
    const char* const first = at;
    constexpr std::int64_t limit = 1'000'000;
    std::int64_t value = 0;
    for (; at != end && *at >= '0' && *at <= '9'; ++at)
        value = value < limit ? value * 10 + (*at - '0') : value;
    exponent += negative ? -value : value;
    return at == first ? nullptr : at;
}

// Whether [at, end) is a number.
bool scan(const char* at, const char* end, Scanned& number) noexcept {
    number = {at != end && *at == '-', true, 0, 0};
    if (number.negative) ++at;
    const char* const first = at;
    at = scan_digits(at, end, number.digits);
    std::ptrdiff_t count = at - first;
    if (count == 0 || (count > 1 && *first == '0')) return false;
    if (at != end && *at == '.') {
        const char* const point = ++at;
        at = scan_digits(at, end, number.digits);
        if (at == point) return false;
        const std::ptrdiff_t decimals = at - point;
        count += decimals;
        number.exponent = -decimals;
    }
    number.short_enough = count <= std::numeric_limits<std::uint64_t>::digits10;
    if (at != end && (*at | 0x20) == 'e') {
        at = scan_exponent(at + 1, end, number.exponent);
        if (at == nullptr) return false;
    }
    return at == end;
}

// The value without its sign, when one operation on doubles that are exact gives it: that rounds once, as it should
// (Clinger, How to read floating point numbers accurately, 1990).
std::optional<double> quick_value(const Scanned& number) noexcept {
    static_assert(FLT_EVAL_METHOD == 0, "operations round to more than the type's precision");
    constexpr std::uint64_t exact = std::uint64_t{1} << 53;
    if (!number.short_enough || number.digits > exact) return std::nullopt;
    const std::int64_t exponent = number.exponent;
    if (exponent < -largest_power || exponent > largest_power) return std::nullopt;
    const auto digits = static_cast<double>(number.digits);
    return exponent < 0 ? digits / powers_of_ten[-exponent] : digits * powers_of_ten[exponent];
}

// Whether a quick value, the double nearest to some number, rounds to the float nearest to that number. It does unless
// it stands in the middle of two floats, where the number may be on either side. Quick values but zero lie between
// 10^-22 and 10^38, so the floats around them are normal ones.
bool rounds_like_its_number(double quick) noexcept {
    constexpr std::uint64_t lost = (std::uint64_t{1} << 29) - 1;
    return (std::bit_cast<std::uint64_t>(quick) & lost) != (lost >> 1) + 1;
}

template <class Format>
RealBits with_sign(typename Format::Real magnitude, bool negative) noexcept {
    using Bits = typename Format::Bits;
    const Bits bits = std::bit_cast<Bits>(magnitude) | (negative ? Format::sign : Bits{0});
    return {(bits & Format::infinity) == Format::infinity ? Result::out_of_range : Result::ok, bits};
}

double any_double(std::string_view spelling) noexcept {
    return std::fabs(json::to_double(spelling).value);
}

float any_float(std::string_view spelling) noexcept {
    float value = 0;
    const auto [stopped, error] = std::from_chars(spelling.data(), spelling.data() + spelling.size(), value);
    if (error == std::errc()) return std::fabs(value);
    return any_double(spelling) > 1 ? std::numeric_limits<float>::infinity() : 0.0F;
}

// One of the strings that stand for what JSON has no number for.
template <class Format>
RealBits parse_string(std::string_view text) noexcept {
    using Bits = typename Format::Bits;
    if (text == "\"NaN\"") return {Result::ok, Format::nan};
    if (text == "\"Infinity\"") return {Result::ok, Format::infinity};
    if (text == "\"-Infinity\"") return {Result::ok, Format::sign | Format::infinity};
    constexpr std::string_view front = "\"NaN:0x";
    constexpr std::size_t digits = Format::size / 4;
    if (text.size() != front.size() + digits + 1 || !text.starts_with(front) || text.back() != '"') return malformed;
    Bits bits = 0;
    for (const char c : text.substr(front.size(), digits)) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos) return malformed;
        bits = bits << 4 | static_cast<Bits>(digit);
    }
    const bool nan = (bits & Format::infinity) == Format::infinity && (bits & Format::fraction) != 0;
    return nan && bits != Format::nan ? RealBits{Result::ok, bits} : malformed;
}

}  // namespace

RealBits parse_double(const char* begin, const char* end) noexcept {
    const std::string_view text(begin, static_cast<std::size_t>(end - begin));
    if (text.starts_with('"')) return parse_string<DoubleFormat>(text);
    Scanned number;
    if (!scan(begin, end, number)) return malformed;
    const auto quick = quick_value(number);
    return with_sign<DoubleFormat>(quick ? *quick : any_double(text), number.negative);
}

RealBits parse_float(const char* begin, const char* end) noexcept {
    const std::string_view text(begin, static_cast<std::size_t>(end - begin));
    if (text.starts_with('"')) return parse_string<FloatFormat>(text);
    Scanned number;
    if (!scan(begin, end, number)) return malformed;
    const auto quick = quick_value(number);
    const float value = quick && rounds_like_its_number(*quick) ? static_cast<float>(*quick) : any_float(text);
    return with_sign<FloatFormat>(value, number.negative);
}

}  // namespace bradawl::java
