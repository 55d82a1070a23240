#include "finance/interval.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "finance/tail.hpp"
#include "math/normal.hpp"
#include "math/xoshiro.hpp"

namespace bradawl::finance {

Span chi_square_interval(double deviation, std::uint64_t count, double confidence) {
    const double freedom = static_cast<double>(count) - 1;
    const double out = (1 - confidence) / 2;
    return {deviation * std::sqrt(freedom / math::chi_square_quantile(1 - out, freedom)),
            deviation * std::sqrt(freedom / math::chi_square_quantile(out, freedom))};
}

double deviation_error(double deviation, std::uint64_t count, double kurtosis) {
    return deviation * std::sqrt((kurtosis + 2) / (4 * static_cast<double>(count)));
}

namespace {

/// Of a series, by lag.
struct Memory {
    std::vector<double> covariance;   // over n
    std::vector<double> correlation;  // without its sign, over the squares of the parts that arch takes
};

Memory memory_of(std::span<const double> values, std::size_t lags) {
    const std::size_t n = values.size();
    const double mean = shape_of_returns(values).mean;
    std::vector<double> centred(n);
    std::vector<double> early(n + 1);  // of the squares of the first k
    std::vector<double> late(n + 1);   // of the squares from k on
    for (std::size_t at = 0; at < n; ++at) {
        centred[at] = values[at] - mean;
        early[at + 1] = early[at] + centred[at] * centred[at];
    }
    for (std::size_t at = n; at-- > 0;)
        late[at] = late[at + 1] + centred[at] * centred[at];
    Memory memory;
    for (std::size_t lag = 0; lag <= lags; ++lag) {
        double product = 0;
        for (std::size_t at = 0; at + lag < n; ++at)
            product += centred[at] * centred[at + lag];
        memory.covariance.push_back(product / static_cast<double>(n));
        memory.correlation.push_back(std::fabs(product) / std::sqrt(early[n - lag - 1] * late[lag + 1]));
    }
    return memory;
}

/// The lags to use: twice the first of a run of `quiet` small correlations; all if there is none.
std::size_t useful_lags(std::span<const double> correlation, std::size_t quiet, double small) {
    const std::size_t lags = correlation.size() - 1;
    std::size_t run = 0;
    for (std::size_t lag = 0; lag < lags; ++lag) {
        run = correlation[lag] < small ? run + 1 : 0;
        if (run == quiet) return std::min(2 * std::max<std::size_t>(lag + 1 - quiet, 1), lags);
    }
    return lags;
}

}  // namespace

std::uint64_t circular_block_length(std::span<const double> values) {
    const std::size_t n = values.size();
    if (n < 4) return 1;
    const auto count = static_cast<double>(n);
    const double most = std::ceil(std::min(3 * std::sqrt(count), count / 3));
    const auto quiet = static_cast<std::size_t>(std::max(5.0, std::log10(count)));
    const std::size_t lags = std::min(static_cast<std::size_t>(std::ceil(std::sqrt(count))) + quiet, n - 2);
    const Memory memory = memory_of(values, lags);
    const std::size_t used = useful_lags(memory.correlation, quiet, 2 * std::sqrt(std::log10(count) / count));
    double g = 0;
    double variance = memory.covariance[0];
    for (std::size_t lag = 1; lag <= used; ++lag) {
        const double place = static_cast<double>(lag) / static_cast<double>(used);
        const double window = place <= 0.5 ? 1 : 2 * (1 - place);
        g += 2 * window * static_cast<double>(lag) * memory.covariance[lag];
        variance += 2 * window * memory.covariance[lag];
    }
    const double length = std::cbrt(2 * g * g / (4.0 / 3 * variance * variance) * count);
    return static_cast<std::uint64_t>(std::round(std::clamp(std::isnan(length) ? 1 : length, 1.0, most)));
}

namespace {

/// Of a block: the sum of its values and of their squares.
struct BlockSums {
    double sum = 0;
    double square = 0;

    BlockSums& operator+=(const BlockSums& other) {
        sum += other.sum;
        square += other.square;
        return *this;
    }
};

/// Of the blocks of `length` that begin at each value and wrap around. They are made of those of 1, 2, 4, … values, by
/// additions only: differences of running sums would carry one huge value into all blocks behind it.
std::vector<BlockSums> block_sums(std::vector<BlockSums> values, std::size_t length) {
    const std::size_t n = values.size();
    std::vector<BlockSums> sums(n);
    std::vector<BlockSums> doubled(n);
    std::size_t done = 0;
    for (std::size_t step = 1;; step *= 2) {
        if ((length & step) != 0) {
            for (std::size_t at = 0; at < n; ++at)
                sums[at] += values[(at + done) % n];
            done += step;
        }
        if (done == length) return sums;
        for (std::size_t at = 0; at < n; ++at) {
            doubled[at] = values[at];
            doubled[at] += values[(at + step) % n];
        }
        values.swap(doubled);
    }
}

}  // namespace

Span bootstrap_interval(std::span<const double> values, int ddof, std::uint64_t block, std::uint64_t resamples,
                        std::uint64_t seed, double confidence) {
    const std::size_t n = values.size();
    const auto count = static_cast<double>(n);
    const std::size_t length = std::clamp<std::size_t>(block, 1, n);
    const std::size_t whole = (n - 1) / length;  // blocks before the last
    // Around the median, as a mean may be far from all values but one and leave none of their digits.
    std::vector<double> apart(values.begin(), values.end());
    std::nth_element(apart.begin(), apart.begin() + static_cast<std::ptrdiff_t>(n / 2), apart.end());
    const double middle = apart[n / 2];
    std::vector<BlockSums> ones;
    ones.reserve(n);
    for (const double value : values)
        ones.push_back({value - middle, (value - middle) * (value - middle)});
    const std::vector<BlockSums> blocks = block_sums(ones, length);
    const std::vector<BlockSums> last_blocks = block_sums(std::move(ones), n - whole * length);
    math::Xoshiro random(seed);
    std::vector<double> deviations(resamples);
    for (double& deviation : deviations) {
        BlockSums all;
        for (std::size_t at = 0; at < whole; ++at)
            all += blocks[random.below(n)];
        all += last_blocks[random.below(n)];
        deviation = std::sqrt(std::max(0.0, all.square - all.sum * all.sum / count) / (count - ddof));
    }
    std::sort(deviations.begin(), deviations.end());
    return {quantile(deviations, (1 - confidence) / 2), quantile(deviations, (1 + confidence) / 2)};
}

}  // namespace bradawl::finance
