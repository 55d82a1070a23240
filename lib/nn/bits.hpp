#pragma once

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace bradawl::nn {

/// A number as the hexadecimal digits of its bits and a blank; reads one back. False when none stands there.
template <class Real>
void save_bits(Real value, std::string& text) {
    if constexpr (sizeof(Real) == sizeof(float)) {
        text += fmt::format("{:x} ", std::bit_cast<std::uint32_t>(value));
    } else {
        text += fmt::format("{:x} ", std::bit_cast<std::uint64_t>(value));
    }
}

template <class Real>
bool load_bits(std::string_view& text, Real& value) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n'))
        text.remove_prefix(1);
    std::uint64_t bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits, 16);
    if (error != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if constexpr (sizeof(Real) == sizeof(float)) {
        value = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    } else {
        value = std::bit_cast<double>(bits);
    }
    return true;
}

}  // namespace bradawl::nn
