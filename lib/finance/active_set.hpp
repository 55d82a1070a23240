#pragma once

#include <vector>

#include "finance/solvers.hpp"
#include "math/matrix.hpp"

namespace bradawl::finance {

/// Weights of least variance that sum to 1 within bounds: a primal active-set method. It starts at a corner with the
/// assets of least variance, and always holds feasible weights. The free ones are few with long-only bounds, so a step
/// costs the cube of a small number.
class ActiveSet {
public:
    /// Errors: Fault::data when no weights within the bounds sum to 1. The matrix must outlive this.
    ActiveSet(const math::Matrix& covariance, Bounds bounds);

    /// Errors: Fault::data when it does not come to an end.
    std::vector<double> solve();

private:
    enum class Place : char { low, free, high };

    void start();
    std::vector<std::size_t> free_assets() const;
    std::vector<double> step_to_minimum(const std::vector<std::size_t>& free) const;
    bool move(const std::vector<std::size_t>& free, const std::vector<double>& step);
    bool release();
    double tolerance(std::size_t asset) const { return scale_ * deviations_[asset]; }

    const math::Matrix& covariance_;
    Bounds bounds_;
    std::vector<double> deviations_;
    std::vector<double> weights_;
    std::vector<double> gradient_;  // S w
    std::vector<Place> places_;
    double scale_ = 0;  // of what in a gradient is rounding
};

}  // namespace bradawl::finance
