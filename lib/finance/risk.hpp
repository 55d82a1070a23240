#pragma once

#include <span>
#include <vector>

#include "math/matrix.hpp"

namespace bradawl::finance {

/// sqrt(w'Sw).
double volatility(std::span<const double> weights, const math::Matrix& covariance);

/// How the volatility s of a portfolio is shared among its assets.
struct Contributions {
    double volatility;              ///< s
    std::vector<double> marginal;   ///< (Sw) / s
    std::vector<double> component;  ///< w (Sw) / s: their sum is s
    std::vector<double> share;      ///< w (Sw) / s²: their sum is 1
    std::vector<double> beta;       ///< (Sw) / s², to the portfolio
};

/// The contributions when all that is known is `with_portfolio`, the covariance of each asset with the portfolio (Sw).
/// All but the volatility are NaN when that is 0.
Contributions contributions_from(std::span<const double> weights, std::span<const double> with_portfolio);

/// The contributions of all assets.
Contributions contributions(std::span<const double> weights, const math::Matrix& covariance);

/// w'σ / s (Choueifaty, Coignard 2008).
double diversification_ratio(std::span<const double> weights, const math::Matrix& covariance);

/// The one correlation of all pairs that gives the portfolio the volatility it has. NaN with fewer than two assets
/// held.
double implied_correlation(std::span<const double> weights, const math::Matrix& covariance);

/// The mean of the correlations of all pairs; NaN with fewer than two assets.
/// Errors: Fault::data for an asset without variance.
double mean_correlation(const math::Matrix& covariance);

/// exp of the entropy of the shares of risk of the principal components (Meucci 2009).
double effective_bets_pca(std::span<const double> weights, const math::Matrix& covariance);

/// exp of the entropy of the shares of risk of the factors that are uncorrelated and nearest to the assets (Meucci,
/// Santangelo, Deguest 2015). NaN where the correlation is singular or an asset has no variance.
double effective_bets_torsion(std::span<const double> weights, const math::Matrix& covariance);

/// 1 / Σw², of weights or of shares of risk.
double effective_number(std::span<const double> weights);

/// The volatility less that of the portfolio without the asset, whose weight goes to the others in their proportion.
/// NaN for an asset without which no weights would be left.
std::vector<double> incremental_risk(std::span<const double> weights, const math::Matrix& covariance);

/// The covariance in a crisis: correlations R + (1 - R) `correlation_shift`, deviations times `volatility_factor`.
/// Errors: Fault::data for a shift outside 0 to 1, which could leave it indefinite, or a factor below 0.
math::Matrix stress(const math::Matrix& covariance, double correlation_shift, double volatility_factor);

}  // namespace bradawl::finance
