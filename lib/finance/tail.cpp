#include "finance/tail.hpp"

#include <algorithm>
#include <cmath>

#include "math/normal.hpp"

namespace bradawl::finance {

namespace {

/// A whole number for one that is whole but for rounding.
double snapped(double place) {
    const double whole = std::round(place);
    return std::fabs(place - whole) <= 1e-12 * whole ? whole : place;
}

/// ⌈aT⌉ of T returns.
std::size_t tail_count(std::span<const double> sorted, double tail) {
    const auto count = static_cast<std::size_t>(std::ceil(snapped(tail * static_cast<double>(sorted.size()))));
    return std::clamp<std::size_t>(count, 1, sorted.size());
}

}  // namespace

double quantile(std::span<const double> sorted, double probability) {
    const double place = snapped(probability * static_cast<double>(sorted.size() - 1));
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double historical_loss(std::span<const double> sorted, double tail) {
    return -quantile(sorted, tail);
}

double ordered_loss(std::span<const double> sorted, double tail) {
    return -sorted[tail_count(sorted, tail) - 1];
}

double mean_tail_loss(std::span<const double> sorted, double tail) {
    const double limit = quantile(sorted, tail);
    double sum = 0;
    std::size_t n = 0;
    for (; n < sorted.size() && sorted[n] <= limit; ++n)
        sum += sorted[n];
    return -sum / static_cast<double>(n);
}

double exact_tail_loss(std::span<const double> sorted, double tail) {
    const std::size_t count = tail_count(sorted, tail);
    const double exact = snapped(tail * static_cast<double>(sorted.size()));
    double sum = 0;
    for (std::size_t at = 0; at + 1 < count; ++at)
        sum += sorted[at];
    return -(sum + (exact - static_cast<double>(count) + 1) * sorted[count - 1]) / exact;
}

Loss normal_loss(double mean, double deviation, double tail) {
    const double z = math::normal_quantile(tail);
    return {-mean - z * deviation, -mean + deviation * math::normal_density(z) / tail};
}

Loss cornish_fisher_loss(double mean, double deviation, double s, double k, double tail) {
    const double z = math::normal_quantile(tail);
    const double moved = z + (z * z - 1) * s / 6 + (z * z * z - 3 * z) * k / 24 - (2 * z * z * z - 5 * z) * s * s / 36;
    const double factor = 1 + z * s / 6 - (1 - z * z) * k / 24 + (1 - 2 * z * z) * s * s / 36;
    return {-mean - moved * deviation, -mean + deviation * math::normal_density(z) / tail * factor};
}

namespace {

/// The integral of x^power φ(x) that Edgeworth's expansion is made of.
double tail_power(int power, double h) {
    const double density = math::normal_density(h);
    const bool even = power % 2 == 0;
    const int half = power / 2;
    double factor = 1;  // of the term in work: the whole product over the one of its first factors
    double sum = 0;
    for (int i = half; i >= (even ? 1 : 0); --i) {
        sum += factor * std::pow(h, 2 * i + (even ? 0 : 1)) * density;
        factor *= 2 * i + (even ? 0 : 1);
    }
    return sum + (even ? factor * density : -factor * math::normal_distribution(h));
}

}  // namespace

Loss edgeworth_loss(double mean, double deviation, double s, double k, double tail) {
    const double h = -(cornish_fisher_loss(mean, deviation, s, k, tail).at + mean) / deviation;
    const double density = math::normal_density(h);
    const double second = tail_power(2, h);
    const double fourth = tail_power(4, h);
    const double beyond = density + (fourth - 6 * second + 3 * density) * k / 24 +
                          (tail_power(3, h) - 3 * tail_power(1, h)) * s / 6 +
                          (tail_power(6, h) - 15 * fourth + 45 * second - 15 * density) * s * s / 72;
    return {-mean - h * deviation, -mean - deviation * std::min(-beyond / tail, h)};
}

bool in_cornish_fisher_domain(double s, double k) {
    // Its slope at z is squared·z² + (s/3)z + level: a parabola that must open upwards and not cross zero.
    const double squared = k / 8 - s * s / 6;
    const double level = 1 - k / 8 + 5 * s * s / 36;
    return level >= 0 && s * s / 9 - 4 * squared * level <= 0;
}

std::vector<double> normal_es_components(std::span<const double> weights, std::span<const double> means,
                                         std::span<const double> with_portfolio, double volatility, double tail) {
    const double factor = math::normal_density(math::normal_quantile(tail)) / tail / volatility;
    std::vector<double> parts(weights.size());
    for (std::size_t at = 0; at < weights.size(); ++at)
        parts[at] = weights[at] * (-means[at] + with_portfolio[at] * factor);
    return parts;
}

std::vector<double> historical_es_components(std::span<const double> weights, std::span<const double> rows,
                                             std::span<const double> portfolio, double quantile) {
    std::vector<double> parts(weights.size());
    std::size_t n = 0;
    for (std::size_t row = 0; row < portfolio.size(); ++row) {
        if (portfolio[row] > quantile) continue;
        ++n;
        for (std::size_t at = 0; at < weights.size(); ++at)
            parts[at] -= weights[at] * rows[row * weights.size() + at];
    }
    for (double& part : parts)
        part /= static_cast<double>(n);
    return parts;
}

std::vector<double> normal_loss_components(std::span<const double> weights, std::span<const double> means,
                                           std::span<const double> with_portfolio, double volatility, double tail) {
    const double z = math::normal_quantile(tail);
    std::vector<double> parts(weights.size());
    for (std::size_t at = 0; at < weights.size(); ++at)
        parts[at] = weights[at] * (-means[at] - z * with_portfolio[at] / volatility);
    return parts;
}

}  // namespace bradawl::finance
