#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace bradawl::java {

/// The character 0 in each byte of a word of digits.
inline constexpr std::uint64_t ascii_zeros = 0x3030303030303030;

/// Stores a word, its lowest byte first.
template <class Word>
inline void store_word(char* out, Word word) noexcept {
    if constexpr (std::endian::native == std::endian::big) {
        word = static_cast<Word>(__builtin_bswap64(word) >> (64 - 8 * sizeof word));
    }
    std::memcpy(out, &word, sizeof word);
}

/// The four decimal digits of a value below 10^4 as bytes 0 to 9, the first digit lowest. All digits come out of one
/// word at once: a division by a constant is a product, and neighbours have room enough not to disturb each other.
inline std::uint32_t four_digits(std::uint32_t value) noexcept {
    const std::uint32_t hundreds = value * 10486 >> 20;
    const std::uint32_t pairs = (value << 16) - hundreds * ((100 << 16) - 1);
    const std::uint32_t tens = (pairs * 103 >> 10) & 0x000f000f;
    return (pairs << 8) - tens * ((10 << 8) - 1);
}

/// The same for the eight digits of a value below 10^8.
inline std::uint64_t eight_digits(std::uint32_t value) noexcept {
    const std::uint64_t upper = value / 10000;
    const std::uint64_t halves = (std::uint64_t{value} << 32) - upper * ((std::uint64_t{10000} << 32) - 1);
    const std::uint64_t hundreds = (halves * 10486 >> 20) & 0x0000007f0000007f;
    const std::uint64_t pairs = (halves << 16) - hundreds * ((100 << 16) - 1);
    const std::uint64_t tens = (pairs * 103 >> 10) & 0x000f000f000f000f;
    return (pairs << 8) - tens * ((10 << 8) - 1);
}

/// Writes all of eight digits.
inline char* put_all(char* out, std::uint64_t digits) noexcept {
    store_word(out, digits | ascii_zeros);
    return out + 8;
}

/// Writes eight digits without the zeros in front, but at least the last one. Without a branch, as numbers of all
/// lengths come mixed; what follows the last digit in the eight bytes is of no meaning.
inline char* put_without_zeros(char* out, std::uint64_t digits) noexcept {
    const int zero_bits = std::countr_zero(digits | std::uint64_t{1} << 56) & 0x38;
    store_word(out, (digits | ascii_zeros) >> zero_bits);
    return out + 8 - zero_bits / 8;
}

}  // namespace bradawl::java
