#include "java/hex.hpp"

namespace bradawl::java {

namespace {

constexpr const char* hex_digits = "0123456789abcdef";
constexpr const char* base64_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr int value_of(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

char* put_hex(char* out, const std::uint8_t* bytes, std::size_t n) noexcept {
    for (std::size_t at = 0; at < n; ++at) {
        *out++ = hex_digits[bytes[at] >> 4];
        *out++ = hex_digits[bytes[at] & 15];
    }
    return out;
}

char* put_base64(char* out, const std::uint8_t* bytes, std::size_t n) noexcept {
    while (n > 0) {
        const std::uint32_t triple = static_cast<std::uint32_t>(bytes[0]) << 16 |
                                     static_cast<std::uint32_t>(n > 1 ? bytes[1] : 0) << 8 |
                                     static_cast<std::uint32_t>(n > 2 ? bytes[2] : 0);
        *out++ = base64_letters[triple >> 18];
        *out++ = base64_letters[triple >> 12 & 63];
        *out++ = n > 1 ? base64_letters[triple >> 6 & 63] : '=';
        *out++ = n > 2 ? base64_letters[triple & 63] : '=';
        const std::size_t step = n < 3 ? n : 3;
        bytes += step;
        n -= step;
    }
    return out;
}

bool from_hex(std::string_view digits, std::string& out) {
    if (digits.size() % 2 != 0) return false;
    const std::size_t before = out.size();
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        const int high = value_of(digits[at]);
        const int low = value_of(digits[at + 1]);
        if (high < 0 || low < 0) {
            out.resize(before);
            return false;
        }
        out += static_cast<char>(high << 4 | low);
    }
    return true;
}

}  // namespace bradawl::java
