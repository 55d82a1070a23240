#include <algorithm>
#include <vector>

#include "java/hex.hpp"
#include "objects/leaf.hpp"

namespace bradawl::objects {

namespace {

constexpr std::size_t longest_decimal = 8192;  // bytes of magnitude; the time grows with the square
constexpr std::uint64_t chunk = 1'000'000'000;

}  // namespace

std::string big_integer(std::int64_t signum, std::string_view magnitude) {
    if (signum == 0) return "0";
    const std::string sign = signum < 0 ? "-" : "";
    if (magnitude.size() > longest_decimal) {
        std::string digits(2 * magnitude.size(), '0');
        java::put_hex(digits.data(), reinterpret_cast<const std::uint8_t*>(magnitude.data()), magnitude.size());
        return sign + "0x" + digits;
    }
    // Nine decimal digits a place, the lowest first; the magnitude's bytes come in from the top.
    std::vector<std::uint32_t> places{0};
    for (std::size_t at = 0; at < magnitude.size();) {
        std::uint64_t carry = 0;
        unsigned bits = 0;
        for (; at < magnitude.size() && bits < 32; bits += 8)
            carry = carry << 8 | static_cast<std::uint8_t>(magnitude[at++]);
        for (std::uint32_t& place : places) {
            const std::uint64_t value = (static_cast<std::uint64_t>(place) << bits) + carry;
            place = static_cast<std::uint32_t>(value % chunk);
            carry = value / chunk;
        }
        for (; carry > 0; carry /= chunk)
            places.push_back(static_cast<std::uint32_t>(carry % chunk));
    }
    std::string digits;
    for (const std::uint32_t place : places) {
        std::uint32_t left = place;
        for (int digit = 0; digit < 9; ++digit, left /= 10)
            digits += static_cast<char>('0' + left % 10);
    }
    while (digits.size() > 1 && digits.back() == '0')
        digits.pop_back();
    std::reverse(digits.begin(), digits.end());
    return sign + digits;
}

std::string big_decimal(const std::string& digits, std::int64_t scale) {
    if (scale == 0 || digits.find('x') != std::string::npos)
        return scale == 0 ? digits : digits + "*10^" + std::to_string(-scale);
    const bool negative = digits.starts_with('-');
    const std::string sign = negative ? "-" : "";
    const std::string plain = negative ? digits.substr(1) : digits;
    const auto length = static_cast<std::int64_t>(plain.size());
    const std::int64_t exponent = length - 1 - scale;
    if (scale > 0 && exponent >= -6) {
        if (length > scale)
            return sign + plain.substr(0, static_cast<std::size_t>(length - scale)) + "." +
                   plain.substr(static_cast<std::size_t>(length - scale));
        return sign + "0." + std::string(static_cast<std::size_t>(scale - length), '0') + plain;
    }
    const std::string fraction = length > 1 ? "." + plain.substr(1) : "";
    const std::string power = exponent == 0 ? "" : (exponent > 0 ? "E+" : "E") + std::to_string(exponent);
    return sign + plain.substr(0, 1) + fraction + power;
}

}  // namespace bradawl::objects
