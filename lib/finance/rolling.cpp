#include "finance/rolling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "finance/risk_sums.hpp"
#include "finance/saved_count.hpp"

namespace bradawl::finance {

void Rolling::Sums::add(double value) {
    n += 1;
    const double delta = mean.deviation(value);
    mean.move(delta / n);
    square += delta * mean.deviation(value);
}

Rolling::Sums Rolling::Sums::with(const Sums& other) const {
    if (other.n == 0) return *this;
    if (n == 0) return other;
    const double delta = mean.deviation(other.mean);
    Sums all = *this;
    all.n += other.n;
    all.mean.move(delta * other.n / all.n);
    all.square += other.square + delta * delta * n * other.n / all.n;
    return all;
}

void Rolling::Sums::save(std::string& text) const {
    for (const double value : {n, mean.near, mean.rest, square})
        save_bits(value, text);
}

bool Rolling::Sums::load(std::string_view& text) {
    return load_bits(text, n) && load_bits(text, mean.near) && load_bits(text, mean.rest) && load_bits(text, square);
}

Rolling::Rolling(std::uint64_t window) : window_(window) {
    if (window < 2)
        throw Error(Fault::usage, fmt::format("a rolling window of {} is too short: 2 rows at least", window));
}

/// The newer values become the older ones: sums of the last, the last two, … of them.
void Rolling::turn() {
    older_.clear();
    Sums sums;
    for (auto value = newer_.rbegin(); value != newer_.rend(); ++value) {
        sums.add(*value);
        older_.push_back(sums);
    }
    newer_.clear();
    newer_sums_ = {};
}

void Rolling::add(double value) {
    if (newer_.size() + older_.size() == window_) {
        if (older_.empty()) turn();
        older_.pop_back();
    }
    newer_.push_back(value);
    newer_sums_.add(value);
    if (newer_.size() + older_.size() < window_) return;
    const Sums all = older_.empty() ? newer_sums_ : older_.back().with(newer_sums_);
    latest_ = std::sqrt(all.square / (all.n - 1));
    sample(latest_);
}

void Rolling::sample(double value) {
    if (seen_ == 0) first_ = lowest_ = highest_ = value;
    lowest_ = std::min(lowest_, value);
    highest_ = std::max(highest_, value);
    if (seen_++ % stride_ != 0) return;
    samples_.push_back(value);
    if (samples_.size() < most_samples) return;
    for (std::size_t at = 0; 2 * at < samples_.size(); ++at)
        samples_[at] = samples_[2 * at];
    samples_.resize(samples_.size() / 2);
    stride_ *= 2;
}

RollingRisk Rolling::risk() const {
    return {window_, first_, latest_, lowest_, highest_, samples_};
}

void Rolling::save(std::string& text) const {
    for (const double value : {latest_, first_, lowest_, highest_})
        save_bits(value, text);
    save_count(stride_, text);
    save_count(seen_, text);
    newer_sums_.save(text);
    for (const auto* all : {&samples_, &newer_}) {
        save_count(all->size(), text);
        for (const double value : *all)
            save_bits(value, text);
    }
    save_count(older_.size(), text);
    for (const Sums& sums : older_)
        sums.save(text);
}

bool Rolling::load(std::string_view& text) {
    bool good = true;
    for (double* value : {&latest_, &first_, &lowest_, &highest_})
        good = good && load_bits(text, *value);
    good = good && load_count(text, stride_, 1) && load_count(text, seen_) && newer_sums_.load(text);
    std::uint64_t size = 0;
    for (auto* all : {&samples_, &newer_}) {
        if (!good || !load_size(text, size)) return false;
        all->resize(size);
        for (double& value : *all)
            good = good && load_bits(text, value);
    }
    if (!good || !load_size(text, size)) return false;
    if (samples_.size() >= most_samples || newer_.size() + size > window_) return false;
    older_.resize(size);
    for (Sums& sums : older_)
        good = good && sums.load(text);
    return good;
}

}  // namespace bradawl::finance
