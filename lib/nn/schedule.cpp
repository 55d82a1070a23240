#include "nn/schedule.hpp"

#include <algorithm>

namespace bradawl::nn {

namespace {

// By squaring: std::pow need not give the same bits everywhere.
double power(double base, std::uint64_t exponent) {
    double result = 1;
    for (; exponent > 0; exponent /= 2, base *= base)
        if (exponent % 2 == 1) result *= base;
    return result;
}

}  // namespace

double rate_at(const RateSchedule& schedule, double first, std::uint64_t count, std::uint64_t batches) {
    const auto k = static_cast<double>(count);
    double rate = first;
    switch (schedule.kind) {
        case RateSchedule::Kind::linear: {
            const double step = (first - first * schedule.part) / (schedule.end - schedule.begin + 1);
            if (k >= schedule.end) {
                rate = first * schedule.part;
            } else if (k >= schedule.begin) {
                rate = first - step * (k - schedule.begin + 1);
            }
            break;
        }
        case RateSchedule::Kind::one_over: {
            const double half = schedule.half > 0 ? schedule.half : schedule.begin + 1;
            if (k >= schedule.begin) rate = first * half / (k - schedule.begin + half);
            break;
        }
        case RateSchedule::Kind::exponential:
            rate = first / power(schedule.factor, batches);
            break;
        case RateSchedule::Kind::annealed:
            rate = first * std::min(1.0, schedule.begin / static_cast<double>(batches + 1));
            break;
        default:
            break;
    }
    return std::max(rate, schedule.least);
}

double momentum_at(const MomentumSchedule& schedule, std::uint64_t count) {
    const auto k = static_cast<double>(count);
    double part = 0;
    if (schedule.end > schedule.begin) {
        part = std::clamp((k - schedule.begin) / (schedule.end - schedule.begin), 0.0, 1.0);
    } else {
        part = k >= schedule.begin ? 1 : 0;
    }
    return schedule.first * (1 - part) + part * schedule.last;
}

}  // namespace bradawl::nn
