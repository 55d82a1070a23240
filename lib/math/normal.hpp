#pragma once

namespace bradawl::math {

/// The density of the standard normal distribution.
double normal_density(double x);

/// The probability of at most `x`, to some 1e-15 of itself in either tail.
double normal_distribution(double x);

/// The x with normal_distribution(x) = `probability`, to some 1e-15 of itself (Wichura, Applied Statistics 37, 1988,
/// AS241, and in the tails one step of Halley). An infinity for 0 and 1, NaN outside them.
double normal_quantile(double probability);

/// The probability that a chi-square variable of `freedom` degrees is at most `x`: the regularised incomplete gamma
/// function P(freedom/2, x/2).
double chi_square_distribution(double x, double freedom);

/// The x with chi_square_distribution(x, freedom) = `probability`, to some 1e-13 of itself. Zero for 0, infinity for 1,
/// NaN outside them or for `freedom` not above zero.
double chi_square_quantile(double probability, double freedom);

}  // namespace bradawl::math
