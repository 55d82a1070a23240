#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "java/decimal.hpp"

/// What the tests of floats and doubles share.
namespace bradawl::java::reference {

// Where every access is checked, fewer random numbers are tried.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr int many = 1 << 15;
#else
inline constexpr int many = 1 << 22;
#endif

inline constexpr std::uint64_t seed = 20140131;

// What a put function writes. It must leave alone what is behind its room.
template <class Put, class Value>
std::string put(Put function, Value value) {
    char out[longest_number + 16];
    for (std::size_t i = 0; i < sizeof out; ++i)
        out[i] = static_cast<char>(i);
    const std::string text(out, function(out, value));
    for (std::size_t i = longest_number; i < sizeof out; ++i) {
        if (out[i] != static_cast<char>(i)) return text + " and more than there is room for";
    }
    return text;
}

// What the tests need to know of a format, and what they try.
struct Float {
    using Real = float;
    using Bits = std::uint32_t;
    static constexpr Bits exponent = 0x7f800000;
    static constexpr Bits java_nan = 0x7fc00000;
    static std::string put(Bits bits) { return reference::put(put_float_bits, bits); }
    static RealBits parse(std::string_view text) { return parse_float(text.data(), text.data() + text.size()); }
    static Real nearest(const char* text) { return std::strtof(text, nullptr); }
};
struct Double {
    using Real = double;
    using Bits = std::uint64_t;
    static constexpr Bits exponent = 0x7ff0000000000000;
    static constexpr Bits java_nan = 0x7ff8000000000000;
    static std::string put(Bits bits) { return reference::put(put_double_bits, bits); }
    static RealBits parse(std::string_view text) { return parse_double(text.data(), text.data() + text.size()); }
    static Real nearest(const char* text) { return std::strtod(text, nullptr); }
};

// Python's repr, made of the shortest digits as std::to_chars finds them.
template <class Real>
std::string repr(Real value) {
    char text[40];
    const char* const end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
    std::string sign;
    std::string digits;
    const char* at = text;
    for (; *at != 'e'; ++at) {
        if (*at == '-') {
            sign = "-";
        } else if (*at != '.') {
            digits += *at;
        }
    }
    const std::string exponent(at, end);
    const int point = std::atoi(exponent.c_str() + 1) + 1;
    if (point <= -4 || point > 16)
        return sign + digits[0] + (digits.size() > 1 ? "." : "") + digits.substr(1) + exponent;
    if (point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    const auto front = static_cast<std::size_t>(point);
    if (digits.size() <= front) return sign + digits + std::string(front - digits.size(), '0') + ".0";
    return sign + digits.insert(front, ".");
}

// Whether `bits` are spelled as they should be and come back.
template <class Format>
testing::AssertionResult is_put_and_parsed(typename Format::Bits bits) {
    const std::string text = Format::put(bits);
    const auto value = std::bit_cast<typename Format::Real>(bits);
    if (const std::string expected = repr(value); text != expected) {
        return testing::AssertionFailure() << text << ", not " << expected;
    }
    const RealBits back = Format::parse(text);
    if (back.result != RealBits::Result::ok || back.bits != bits) {
        return testing::AssertionFailure() << text << " is read as " << std::hex << back.bits << ", not " << bits;
    }
    return testing::AssertionSuccess();
}

}  // namespace bradawl::java::reference
