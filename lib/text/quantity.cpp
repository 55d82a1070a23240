#include "text/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "text/number.hpp"

namespace bradawl::text {

namespace {

constexpr double longest_seconds = 100.0 * 366 * 86400;

std::optional<double> seconds_of(std::string_view unit) {
    static constexpr std::array<std::pair<std::string_view, double>, 8> units{
        {{"", 1.0}, {"s", 1.0}, {"ms", 1e-3}, {"us", 1e-6}, {"m", 60.0}, {"min", 60.0}, {"h", 3600.0}, {"d", 86400.0}}};
    for (const auto& [name, seconds] : units) {
        if (unit == name) return seconds;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::chrono::nanoseconds> to_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    double sum = 0;
    bool first = true;
    while (!text.empty()) {
        const auto digits = text.find_first_not_of("0123456789.");
        const auto number = text.substr(0, digits);
        text.remove_prefix(number.size());
        const auto unit = text.substr(0, text.find_first_of("0123456789."));
        text.remove_prefix(unit.size());
        const auto value = to_double(number);
        const auto factor = seconds_of(unit);
        // A bare number is seconds only when it stands alone: `1h30` is more likely a slip than 30 s.
        if (!value || !factor || (unit.empty() && !(first && text.empty()))) return std::nullopt;
        sum += *value * *factor;
        first = false;
    }
    if (sum < 0 || sum > longest_seconds) return std::nullopt;
    return std::chrono::nanoseconds(std::llround(sum * 1e9));
}

std::optional<std::uint64_t> to_size(std::string_view text) {
    const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
    const auto unit = text.substr(digits.size());
    const auto value = to_uint64(digits);
    if (!value) return std::nullopt;
    static constexpr std::array<std::pair<std::string_view, unsigned>, 9> units{
        {{"", 0}, {"B", 0}, {"K", 10}, {"KiB", 10}, {"M", 20}, {"MiB", 20}, {"G", 30}, {"GiB", 30}, {"k", 10}}};
    for (const auto& [name, shift] : units) {
        if (unit != name) continue;
        if ((*value << shift) >> shift != *value) return std::nullopt;
        return *value << shift;
    }
    return std::nullopt;
}

std::string describe_duration(std::chrono::nanoseconds time) {
    const double seconds = std::chrono::duration<double>(time).count();
    // The bounds are those of what is printed: 9.999 s is 10.0 s, not 10.00 s.
    if (seconds < 9.995) return fmt::format("{:.2f} s", seconds);
    if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
    const std::int64_t whole = std::llround(seconds);
    if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string describe_size(std::uint64_t bytes) {
    if (bytes < 1024) return fmt::format("{} B", bytes);
    static constexpr std::array<std::string_view, 4> units{"KiB", "MiB", "GiB", "TiB"};
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    // Three digits, but never 1.02e+03.
    return value < 100 ? fmt::format("{:.3g} {}", value, units[unit]) : fmt::format("{:.0f} {}", value, units[unit]);
}

}  // namespace bradawl::text
