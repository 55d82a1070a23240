#pragma once

namespace bradawl::finance {

/// A running mean as the unevaluated sum of a double and of what that double leaves out. Around 1e9 a double holds a
/// mean to 1e-7 only, which Welford's recursion would carry into the squares of small deviations.
struct TwofoldMean {
    double near = 0;
    double rest = 0;

    /// `value` less the mean.
    double deviation(double value) const { return (value - near) - rest; }

    /// The mean of `other` less this one.
    double deviation(const TwofoldMean& other) const { return (other.near - near) + (other.rest - rest); }

    /// Adds `step`, and what rounding takes from it to the rest (Knuth's two-sum).
    void move(double step) {
        const double sum = near + step;
        const double added = sum - near;
        rest += (near - (sum - added)) + (step - added);
        near = sum;
    }

    double value() const { return near + rest; }
};

}  // namespace bradawl::finance
