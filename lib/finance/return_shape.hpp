#pragma once

#include <span>

namespace bradawl::finance {

/// Mean, deviation and shape of returns.
struct Shape4 {
    double mean;
    double variance;  ///< population: over T
    double skewness;  ///< population
    double kurtosis;  ///< population, less the normal distribution's 3
};

/// Of returns, around a mean that is held twofold, so that an offset of 1e9 costs no digits. NaN for the shape of what
/// never changes, and for all of no returns.
Shape4 shape_of_returns(std::span<const double> returns);

}  // namespace bradawl::finance
