#include "finance/active_set.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "finance/estimators.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {
namespace {

constexpr double rounding = 1e-13;
constexpr std::size_t release_share = 4;  // of the free assets, how many more become free at once: a fourth

double sum_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

ActiveSet::ActiveSet(const math::Matrix& covariance, Bounds bounds)
    : covariance_(covariance),
      bounds_(bounds),
      deviations_(deviations_of(covariance)),
      weights_(covariance.rows, bounds.low),
      places_(covariance.rows, Place::low) {
    const auto assets = static_cast<double>(covariance.rows);
    if (!(bounds.low <= bounds.high && bounds.low * assets <= 1 + rounding && bounds.high * assets >= 1 - rounding)) {
        throw Error(Fault::data,
                    fmt::format("no {} weights from {} to {} sum to 1", covariance.rows, bounds.low, bounds.high));
    }
}

void ActiveSet::start() {
    std::vector<std::size_t> order(weights_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t left, std::size_t right) { return deviations_[left] < deviations_[right]; });
    const double room = bounds_.high - bounds_.low;
    double left = 1 - bounds_.low * static_cast<double>(weights_.size());
    for (const std::size_t asset : order) {
        if (left <= 0) break;
        places_[asset] = left <= room ? Place::free : Place::high;
        weights_[asset] = left < room ? bounds_.low + left : bounds_.high;
        left -= room;
    }
}

std::vector<std::size_t> ActiveSet::free_assets() const {
    std::vector<std::size_t> free;
    for (std::size_t asset = 0; asset < places_.size(); ++asset) {
        if (places_[asset] == Place::free) free.push_back(asset);
    }
    return free;
}

// What takes the free weights to their least variance: S d = μ1 - g and 1'd = 0.
std::vector<double> ActiveSet::step_to_minimum(const std::vector<std::size_t>& free) const {
    const std::size_t count = free.size();
    math::Matrix block(count, count);
    std::vector<double> slopes(count);
    for (std::size_t row = 0; row < count; ++row) {
        slopes[row] = gradient_[free[row]];
        for (std::size_t column = 0; column < count; ++column)
            block(row, column) = covariance_(free[row], free[column]);
    }
    if (const math::Cholesky decomposition(block); decomposition.positive_definite()) {
        const std::vector<double> ones = decomposition.solve(std::vector<double>(count, 1.0));
        std::vector<double> step = decomposition.solve(slopes);
        const double level = sum_of(step) / sum_of(ones);
        for (std::size_t at = 0; at < count; ++at)
            step[at] = level * ones[at] - step[at];
        return step;
    }
    // Singular: the least of the steps that solve both, in units in which the two weigh alike.
    double unit = 0;
    for (std::size_t at = 0; at < count; ++at)
        unit = std::max(unit, block(at, at));
    if (!(unit > 0)) return std::vector<double>(count);
    math::Matrix whole(count + 1, count + 1);
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t column = 0; column < count; ++column)
            whole(row, column) = block(row, column) / unit;
        whole(row, count) = whole(count, row) = 1;
        slopes[row] /= -unit;
    }
    slopes.push_back(0);
    std::vector<double> step = math::solve_nearest(whole, slopes);
    step.pop_back();
    return step;
}

// Goes along the step as far as the bounds allow; true when nothing was in the way.
bool ActiveSet::move(const std::vector<std::size_t>& free, const std::vector<double>& step) {
    double part = 1;
    std::size_t stopper = free.size();
    for (std::size_t at = 0; at < free.size(); ++at) {
        if (step[at] == 0) continue;
        const double bound = step[at] < 0 ? bounds_.low : bounds_.high;
        const double possible = std::max((bound - weights_[free[at]]) / step[at], 0.0);
        if (possible < part) {
            part = possible;
            stopper = at;
        }
    }
    for (std::size_t at = 0; at < free.size(); ++at)
        weights_[free[at]] += part * step[at];
    if (stopper == free.size()) return true;
    places_[free[stopper]] = step[stopper] < 0 ? Place::low : Place::high;
    weights_[free[stopper]] = step[stopper] < 0 ? bounds_.low : bounds_.high;
    return false;
}

// Frees the assets at a bound that want most to leave it; false when none wants to.
bool ActiveSet::release() {
    const std::vector<std::size_t> free = free_assets();
    double level = 0;
    for (const std::size_t asset : free)
        level += gradient_[asset] / static_cast<double>(free.size());
    if (free.empty()) {  // anything between the two extremes serves: one asset goes down, another up
        double lowest = std::numeric_limits<double>::infinity();
        double highest = -lowest;
        for (std::size_t asset = 0; asset < places_.size(); ++asset) {
            if (places_[asset] == Place::low) lowest = std::min(lowest, gradient_[asset]);
            if (places_[asset] == Place::high) highest = std::max(highest, gradient_[asset]);
        }
        if (!(lowest < highest)) return false;
        level = (lowest + highest) / 2;
    }
    std::vector<std::pair<double, std::size_t>> wishes;
    for (std::size_t asset = 0; asset < places_.size(); ++asset) {
        if (places_[asset] == Place::free) continue;
        const double gain = places_[asset] == Place::low ? level - gradient_[asset] : gradient_[asset] - level;
        if (gain > tolerance(asset)) wishes.emplace_back(-gain, asset);
    }
    if (wishes.empty()) return false;
    std::sort(wishes.begin(), wishes.end());
    const std::size_t most = free.empty() ? 2 : 1 + free.size() / release_share;
    if (wishes.size() > most) wishes.resize(most);
    for (const auto& [gain, asset] : wishes)
        places_[asset] = Place::free;
    return true;
}

std::vector<double> ActiveSet::solve() {
    if (!(bounds_.low < bounds_.high)) return weights_;
    start();
    const std::size_t most = 100 + 20 * weights_.size();
    for (std::size_t round = 0; round < most; ++round) {
        gradient_ = math::product(covariance_, weights_);
        scale_ = 0;
        for (std::size_t asset = 0; asset < weights_.size(); ++asset) {
            scale_ += rounding * deviations_[asset] * std::abs(weights_[asset]);
        }
        const std::vector<std::size_t> free = free_assets();
        if (!free.empty() && !move(free, step_to_minimum(free))) continue;
        gradient_ = math::product(covariance_, weights_);
        if (!release()) return weights_;
    }
    throw Error(Fault::data, "the weights of least variance do not settle: is the covariance positive semidefinite?");
}

}  // namespace bradawl::finance
