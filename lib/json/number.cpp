#include "json/number.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

namespace bradawl::json {
namespace {

template <class Integer>
std::optional<Integer> to_integer(std::string_view spelling) noexcept {
    Integer value = 0;
    const char* const end = spelling.data() + spelling.size();
    const auto [stopped, error] = std::from_chars(spelling.data(), end, value);
    if (error != std::errc() || stopped != end) return std::nullopt;
    return value;
}

// The exponent of ten as written, held within what a text of any length can still move back into range.
long long written_exponent(std::string_view spelling) noexcept {
    const std::size_t letter = spelling.find_first_of("eE");
    if (letter == std::string_view::npos) return 0;
    std::string_view digits = spelling.substr(letter + 1);
    const bool negative = digits.front() == '-';
    if (negative || digits.front() == '+') digits.remove_prefix(1);
    constexpr long long limit = std::numeric_limits<long long>::max() / 100;
    long long value = 0;
    for (const char c : digits)
        value = std::min(limit, value * 10 + (c - '0'));
    return negative ? -value : value;
}

// Whether a spelling whose value is not zero stands for one of at least 1.
bool is_large(std::string_view spelling) noexcept {
    const std::string_view digits = spelling.substr(0, spelling.find_first_of("eE"));
    const std::size_t first = digits.find_first_of("123456789");
    const std::size_t point = std::min(digits.find('.'), digits.size());
    if (first == std::string_view::npos) return false;
    // The power of ten that the first digit but zero stands for, before the exponent is added.
    const auto power =
        first < point ? static_cast<long long>(point - first) - 1 : -static_cast<long long>(first - point);
    return power + written_exponent(spelling) >= 0;
}

}  // namespace

std::optional<std::int32_t> to_int32(std::string_view spelling) noexcept {
    return to_integer<std::int32_t>(spelling);
}

std::optional<std::int64_t> to_int64(std::string_view spelling) noexcept {
    return to_integer<std::int64_t>(spelling);
}

Double to_double(std::string_view spelling) noexcept {
    double value = 0;
    const auto [stopped, error] = std::from_chars(spelling.data(), spelling.data() + spelling.size(), value);
    if (error == std::errc()) return {value, true};
    value = is_large(spelling) ? std::numeric_limits<double>::infinity() : 0.0;
    return {spelling.starts_with('-') ? -value : value, false};
}

}  // namespace bradawl::json
