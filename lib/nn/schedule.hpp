#pragma once

#include <cstdint>

namespace bradawl::nn {

/// How the learning rate changes, as in Pylearn2: `linear` and `one_over` by the epochs counted so far, `exponential`
/// and `annealed` by batches.
struct RateSchedule {
    enum class Kind { constant, linear, one_over, exponential, annealed };

    Kind kind = Kind::constant;
    double begin = 1;   ///< linear, one_over: the first count that changes it; annealed: the batch
    double end = 1;     ///< linear: the count from which on it stays
    double part = 1;    ///< linear: what of the first rate is left then
    double half = 0;    ///< one_over: counts until it is halved; 0: begin + 1
    double factor = 1;  ///< exponential: what it is divided by each batch
    double least = 0;   ///< it never falls below
};

/// The rate after `count` epochs and `batches` batches, of a schedule that began with `first`.
double rate_at(const RateSchedule& schedule, double first, std::uint64_t count, std::uint64_t batches);

/// Momentum that goes from `first` to `last` in a straight line, from count `begin` to count `end`.
struct MomentumSchedule {
    double first = 0;
    double last = 0;
    double begin = 0;
    double end = 0;
};

double momentum_at(const MomentumSchedule& schedule, std::uint64_t count);

}  // namespace bradawl::nn
