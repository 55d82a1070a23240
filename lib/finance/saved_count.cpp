#include "finance/saved_count.hpp"

#include <cmath>

#include "finance/risk_sums.hpp"

namespace bradawl::finance {

void save_count(std::uint64_t count, std::string& text) {
    save_bits(static_cast<double>(count), text);
}

bool load_count(std::string_view& text, std::uint64_t& count, std::uint64_t least, std::uint64_t most) {
    double value = 0;
    if (!load_bits(text, value) || std::trunc(value) != value) return false;
    if (!(value >= static_cast<double>(least) && value <= static_cast<double>(most))) return false;
    count = static_cast<std::uint64_t>(value);
    return true;
}

bool load_size(std::string_view& text, std::uint64_t& size) {
    constexpr std::size_t digits = 16;  // of a double, and a blank or not
    return load_count(text, size, 0, text.size() / digits);
}

}  // namespace bradawl::finance
