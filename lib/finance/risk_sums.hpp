#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "finance/twofold_mean.hpp"
#include "math/matrix.hpp"

namespace bradawl::finance {

/// Running means and co-moments of assets with a portfolio (Welford 1962; Pébay, SAND2008-6212): all that the
/// decomposition of a portfolio's volatility needs, in one pass and O(N) memory, as (Sw)ᵢ is the covariance of asset i
/// with the portfolio.
class RiskSums {
public:
    /// `whole`: keep the co-moments of all pairs of assets too, N² numbers.
    explicit RiskSums(std::size_t assets, bool whole = false);

    /// Adds a row: N returns without gaps, and the portfolio's.
    void add(std::span<const double> returns, double portfolio);

    /// Adds all that `other` has seen, as if its rows came behind these.
    void merge(const RiskSums& other);

    std::uint64_t count() const { return n_; }
    double mean() const { return mean_.value(); }
    std::span<const double> means() const { return means_; }

    /// Variance of the portfolio with the divisor n − ddof.
    double variance(int ddof) const { return square_ / divisor(ddof); }
    double asset_variance(std::size_t asset, int ddof) const { return squares_[asset] / divisor(ddof); }
    /// Covariance of an asset with the portfolio.
    double covariance(std::size_t asset, int ddof) const { return products_[asset] / divisor(ddof); }

    /// Of all pairs, if they are kept.
    bool has_matrix() const { return cross_.rows > 0; }
    math::Matrix matrix(int ddof) const;

    /// All numbers bit by bit, for a later run to go on with. load() says false for a text that is not so.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    double divisor(int ddof) const { return static_cast<double>(n_) - ddof; }

    std::uint64_t n_ = 0;
    TwofoldMean mean_;
    double square_ = 0;
    std::vector<double> means_;
    std::vector<double> rests_;  // what doubles of the means leave out, as in TwofoldMean
    std::vector<double> squares_;
    std::vector<double> products_;
    math::Matrix cross_;  // lower triangle
    std::vector<double> deltas_;
};

/// A double as the hexadecimal digits of its bits and a blank; reads one back. False when none stands there.
void save_bits(double value, std::string& text);
bool load_bits(std::string_view& text, double& value);

}  // namespace bradawl::finance
