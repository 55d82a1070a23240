#include "finance/drawdown.hpp"

#include <cmath>

#include "finance/risk_sums.hpp"
#include "finance/saved_count.hpp"

namespace bradawl::finance {

namespace {

constexpr int far_up = 512;  // as a power of two, half way to what a double can hold

}  // namespace

void Drawdown::add(double growth) {
    value_ *= growth;
    ++row_;
    if (value_ > high_) {
        high_ = value_;
        high_row_ = row_;
        if (std::ilogb(high_) >= far_up) {  // only the proportion counts, and halving costs no bit of it
            high_ = std::ldexp(high_, -far_up);
            value_ = high_;
        }
    }
    const double below = value_ / high_ - 1;
    if (below < worst_) {
        worst_ = below;
        worst_peak_ = high_row_;
        trough_ = row_;
    }
}

void Drawdown::save(std::string& text) const {
    for (const std::uint64_t row : {row_, high_row_, worst_peak_, trough_})
        save_count(row, text);
    for (const double value : {value_, high_, worst_})
        save_bits(value, text);
}

bool Drawdown::load(std::string_view& text) {
    return load_count(text, row_) && load_count(text, high_row_, 0, row_) && load_count(text, worst_peak_, 0, row_) &&
           load_count(text, trough_, 0, row_) && load_bits(text, value_) && load_bits(text, high_) &&
           load_bits(text, worst_);
}

}  // namespace bradawl::finance
