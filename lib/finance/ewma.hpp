#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "finance/options.hpp"

namespace bradawl::finance {

/// Exponentially weighted covariances of assets with a portfolio, around zero (RiskMetrics 1996): v ← λv + (1−λ)r·r_p,
/// in O(N) memory. As the recursion is linear, it runs from zero and the seed is added with λ^T at the end, whatever it
/// is: all seeds are known then, the sample covariance too.
class EwmaRisk {
public:
    /// `lambda`: above 0 and below 1.
    EwmaRisk(std::size_t assets, double lambda, EwmaSeed seed);

    /// Adds a row: N returns without gaps, and the portfolio's.
    void add(std::span<const double> returns, double portfolio);

    std::uint64_t count() const { return n_; }

    /// Variance of the portfolio; `sample`: its sample variance, for the seed `cov` alone.
    double variance(double sample) const;
    /// Variance of an asset; `sample`: its sample variance, as above.
    double asset_variance(std::size_t asset, double sample) const;
    /// Covariance of an asset with the portfolio; `sample`: their sample covariance, as above.
    double covariance(std::size_t asset, double sample) const;

    /// All numbers bit by bit, for a later run to go on with. load() says false for a text that is not so, and this is
    /// of no use then.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    /// Products, by asset: in the recursion from zero, in the first row, and in the backcast.
    struct Products {
        explicit Products(std::size_t assets) : now(assets), first(assets), back(assets) {}

        std::vector<double> now;
        std::vector<double> first;
        std::vector<double> back;
    };

    void add_early(std::span<const double> returns, double portfolio);
    void keep_early(Products& sums, std::size_t at, double product) const;
    double value(const Products& sums, std::size_t at, double sample) const;

    double lambda_;
    EwmaSeed seed_;
    std::uint64_t n_ = 0;
    double faded_ = 1;        // λ^n
    double weight_ = 0;       // 1 − λ^n, as the recursion of ones: without the difference
    double back_weight_ = 1;  // 0.94^n while the backcast goes on
    double back_weights_ = 0;
    Products portfolio_{1};
    Products squares_;
    Products products_;
};

}  // namespace bradawl::finance
