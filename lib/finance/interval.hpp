#pragma once

#include <cstdint>
#include <span>

#include "finance/report.hpp"

namespace bradawl::finance {

// Limits are in the unit of the deviation given: whoever wants a year's multiplies both.

/// The interval of a standard deviation (ddof 1) of `count` returns if they were independent and normal.
Span chi_square_interval(double deviation, std::uint64_t count, double confidence);

/// The standard error of a standard deviation of returns with that excess kurtosis, as if they were independent:
/// s√((K+2)/4T).
double deviation_error(double deviation, std::uint64_t count, double kurtosis);

/// The length of blocks for a circular bootstrap of the mean of `values` (Politis and White 2004, corrected by Patton,
/// Politis and White 2009): what optimal_block_length of the package arch 8 says for `circular`, to the nearest whole
/// number and at least 1. For a volatility, give it the squares of the centred returns.
std::uint64_t circular_block_length(std::span<const double> values);

/// The interval of the standard deviation (divisor T − ddof) by a circular block bootstrap of `resamples`, one at
/// least.
///
/// There is one generator, math::Xoshiro(seed), for all resamples, one behind the other. A resample draws ⌈T/block⌉
/// numbers below(T), no more: where its blocks begin, in this order. A block is `block` values from there on, those
/// behind the last being the first again; the last block is cut so that there are T values. The limits are the
/// quantiles (type 7) (1−confidence)/2 and (1+confidence)/2 of the resamples' deviations. A block longer than T counts
/// as T, zero as 1.
Span bootstrap_interval(std::span<const double> values, int ddof, std::uint64_t block, std::uint64_t resamples,
                        std::uint64_t seed, double confidence);

}  // namespace bradawl::finance
