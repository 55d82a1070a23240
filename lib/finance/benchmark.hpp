#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "finance/twofold_mean.hpp"

namespace bradawl::finance {

/// A portfolio against a benchmark, row by row: Welford's co-moments (Pébay, SAND2008-6212) around twofold means, in
/// O(1) memory.
class BenchmarkSums {
public:
    /// Adds a row: the returns of both.
    void add(double portfolio, double benchmark);

    std::uint64_t count() const { return n_; }

    /// Covariance with the benchmark by the benchmark's variance; NaN where that never moved.
    double beta() const { return product_ / benchmark_square_; }
    /// From -1 to 1; NaN where one of them never moved.
    double correlation() const;
    /// Standard deviation of the difference, with the divisor n − ddof.
    double tracking_error(int ddof) const;
    /// Mean of the difference.
    double active_return() const { return active_mean_.value(); }

    /// All numbers bit by bit, for a later run to go on with. load() says false for a text that is not so, and this is
    /// of no use then.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    std::uint64_t n_ = 0;
    TwofoldMean portfolio_mean_;
    TwofoldMean benchmark_mean_;
    TwofoldMean active_mean_;
    double portfolio_square_ = 0;
    double benchmark_square_ = 0;
    double product_ = 0;
    double active_square_ = 0;
};

}  // namespace bradawl::finance
