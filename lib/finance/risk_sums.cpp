#include "finance/risk_sums.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>

#include "finance/saved_count.hpp"

namespace bradawl::finance {

namespace {

/// Moves a mean and what it leaves out, which stays less than a rounding of the mean (TwofoldMean, made tidy).
inline void move(double& mean, double& rest, double step) {
    const double sum = mean + step;
    const double added = sum - mean;
    const double left = (mean - (sum - added)) + (step - added) + rest;
    mean = sum + left;
    rest = left - (mean - sum);
}

}  // namespace

RiskSums::RiskSums(std::size_t assets, bool whole)
    : means_(assets),
      rests_(assets),
      squares_(assets),
      products_(assets),
      cross_(whole ? assets : 0, whole ? assets : 0),
      deltas_(whole ? assets : 0) {}

void RiskSums::add(std::span<const double> returns, double portfolio) {
    const double n = static_cast<double>(++n_);
    const double delta = mean_.deviation(portfolio);
    mean_.move(delta / n);
    const double after = mean_.deviation(portfolio);
    square_ += delta * after;
    const double* const r = returns.data();
    double* const means = means_.data();
    double* const rests = rests_.data();
    double* const squares = squares_.data();
    double* const products = products_.data();
    const std::size_t assets = means_.size();
    if (has_matrix())
        for (std::size_t at = 0; at < assets; ++at)
            deltas_[at] = (r[at] - means[at]) - rests[at];
    for (std::size_t at = 0; at < assets; ++at) {
        const double d = (r[at] - means[at]) - rests[at];
        move(means[at], rests[at], d / n);
        products[at] += d * after;
        squares[at] += d * ((r[at] - means[at]) - rests[at]);
    }
    if (!has_matrix()) return;
    for (std::size_t row = 0; row < assets; ++row) {
        const double d = (r[row] - means[row]) - rests[row];
        double* const sums = &cross_(row, 0);
        for (std::size_t column = 0; column <= row; ++column)
            sums[column] += d * deltas_[column];
    }
}

void RiskSums::merge(const RiskSums& other) {
    if (other.n_ == 0) return;
    const double a = static_cast<double>(n_);
    const double b = static_cast<double>(other.n_);
    const double both = a * b / (a + b);
    const double delta = mean_.deviation(other.mean_);
    std::vector<double> apart(means_.size());
    for (std::size_t at = 0; at < apart.size(); ++at)
        apart[at] = (other.means_[at] - means_[at]) + (other.rests_[at] - rests_[at]);
    for (std::size_t row = 0; row < cross_.rows; ++row)
        for (std::size_t column = 0; column <= row; ++column)
            cross_(row, column) += other.cross_(row, column) + apart[row] * apart[column] * both;
    for (std::size_t at = 0; at < apart.size(); ++at) {
        const double d = apart[at];
        squares_[at] += other.squares_[at] + d * d * both;
        products_[at] += other.products_[at] + d * delta * both;
        move(means_[at], rests_[at], d * b / (a + b));
    }
    square_ += other.square_ + delta * delta * both;
    mean_.move(delta * b / (a + b));
    n_ += other.n_;
}

math::Matrix RiskSums::matrix(int ddof) const {
    math::Matrix made(cross_.rows, cross_.rows);
    for (std::size_t row = 0; row < cross_.rows; ++row)
        for (std::size_t column = 0; column <= row; ++column)
            made(row, column) = made(column, row) = cross_(row, column) / divisor(ddof);
    return made;
}

void save_bits(double value, std::string& text) {
    text += fmt::format("{:016x} ", std::bit_cast<std::uint64_t>(value));
}

bool load_bits(std::string_view& text, double& value) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n'))
        text.remove_prefix(1);
    if (text.size() < 16) return false;
    std::uint64_t bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + 16, bits, 16);
    if (error != std::errc{} || end != text.data() + 16) return false;
    text.remove_prefix(16);
    value = std::bit_cast<double>(bits);
    return true;
}

void RiskSums::save(std::string& text) const {
    save_count(n_, text);
    for (const double value : {mean_.near, mean_.rest, square_})
        save_bits(value, text);
    for (const auto* all : {&means_, &rests_, &squares_, &products_, &cross_.data})
        for (const double value : *all)
            save_bits(value, text);
}

bool RiskSums::load(std::string_view& text) {
    bool good =
        load_count(text, n_) && load_bits(text, mean_.near) && load_bits(text, mean_.rest) && load_bits(text, square_);
    for (auto* all : {&means_, &rests_, &squares_, &products_, &cross_.data})
        for (double& value : *all)
            good = good && load_bits(text, value);
    return good;
}

}  // namespace bradawl::finance
