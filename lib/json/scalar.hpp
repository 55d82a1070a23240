#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace bradawl::json {

/// What stands at the start of a piece of text: a number (RFC 8259 section 6) when `what` is null, else what is wrong.
struct Number {
    const char* end;   ///< the first byte behind the number, or the byte that is wrong
    const char* what;  ///< null, or a constant that says what is wrong at `end`
    bool integral;     ///< neither fraction nor exponent
};

namespace detail {

inline constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// White space, structure and quotes end a number or a literal.
inline constexpr std::array<bool, 256> ends_scalar = [] {
    std::array<bool, 256> table{};
    for (const char c : {' ', '\t', '\n', '\r', ',', ':', '[', ']', '{', '}', '"'})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

inline bool scalar_ends(const char* at, const char* end) noexcept {
    return at == end || ends_scalar[static_cast<unsigned char>(*at)];
}

}  // namespace detail

/// Reads the number that begins at `at`; it may be of any length. Touches nothing at or behind `end`.
inline Number read_number(const char* at, const char* end) noexcept {
    using detail::is_digit;
    bool integral = true;
    const auto digits = [&at, end] {
        const char* first = at;
        while (at != end && is_digit(*at))
            ++at;
        return at != first;
    };
    if (at != end && *at == '-') ++at;
    const bool zero = at != end && *at == '0';
    if (zero) {
        ++at;
        if (at != end && is_digit(*at)) return {at, "digit after a leading zero", true};
    } else if (!digits()) {
        return {at, "expected a digit", true};
    }
    if (at != end && *at == '.') {
        integral = false;
        ++at;
        if (!digits()) return {at, "expected a digit", false};
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        integral = false;
        ++at;
        if (at != end && (*at == '+' || *at == '-')) ++at;
        if (!digits()) return {at, "expected a digit", false};
    }
    if (!detail::scalar_ends(at, end)) return {at, "unexpected character after a number", integral};
    return {at, nullptr, integral};
}

/// Whether exactly `word` stands at `at`, with nothing behind it that would make it longer.
inline bool is_word(const char* at, const char* end, std::string_view word) noexcept {
    return static_cast<std::size_t>(end - at) >= word.size() && std::memcmp(at, word.data(), word.size()) == 0 &&
           detail::scalar_ends(at + word.size(), end);
}

}  // namespace bradawl::json
