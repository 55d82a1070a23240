#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace bradawl::learn {

// The words for enumerations in models and recipes, in the order of their values.
inline constexpr std::array activation_words = {"linear", "sigmoid", "tanh", "relu", "softplus", "softmax", "maxout"};
inline constexpr std::array missing_words = {"error", "mean", "median", "indicator", "drop"};
inline constexpr std::array unknown_words = {"error", "zeros", "other"};

template <std::size_t count, class Enum>
constexpr std::string_view word_of(const std::array<const char*, count>& words, Enum value) {
    return words[static_cast<std::size_t>(value)];
}

/// The place of a word; `count` when it is none of them.
template <std::size_t count>
std::size_t place_of(const std::array<const char*, count>& words, std::string_view word) {
    std::size_t at = 0;
    while (at < count && word != words[at])
        ++at;
    return at;
}

}  // namespace bradawl::learn
