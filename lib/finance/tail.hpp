#pragma once

#include <span>
#include <vector>

#include "finance/return_shape.hpp"

namespace bradawl::finance {

// Losses are positive; `tail` is the probability of a loss beyond, such as 0.05. Returns in ascending order are one at
// least.

/// The quantile of values in ascending order, between two of them (Hyndman and Fan's type 7, as R and NumPy have it). A
/// place that is whole but for the rounding of `probability`, such as 1 − 0.9 of eleven values, counts as whole.
double quantile(std::span<const double> sorted, double probability);

/// Historical loss from returns in ascending order: the quantile (type 7), or the ⌈aT⌉-th return.
double historical_loss(std::span<const double> sorted, double tail);
double ordered_loss(std::span<const double> sorted, double tail);

/// Mean loss of the returns no better than the quantile; and of exactly the part `tail` of all returns (Rockafellar and
/// Uryasev 2002), the last one in part.
double mean_tail_loss(std::span<const double> sorted, double tail);
double exact_tail_loss(std::span<const double> sorted, double tail);

/// A quantile and the mean beyond it.
struct Loss {
    double at;
    double beyond;
};

/// By the normal distribution.
Loss normal_loss(double mean, double deviation, double tail);

/// By Cornish and Fisher's expansion around it, with `deviation` and moments of the population. The mean beyond is the
/// one that belongs to that quantile function.
Loss cornish_fisher_loss(double mean, double deviation, double skewness, double kurtosis, double tail);

/// The same quantile, with the mean beyond it by Edgeworth's expansion and no better than the quantile, as R's
/// PerformanceAnalytics has it (ES.CornishFisher, operational; Boudt, Peterson, Croux 2008).
Loss edgeworth_loss(double mean, double deviation, double skewness, double kurtosis, double tail);

/// Whether Cornish and Fisher's expansion is a quantile function at all: rising everywhere (Maillard 2012). Where it is
/// not, its losses mean nothing.
bool in_cornish_fisher_domain(double skewness, double kurtosis);

/// Each asset's part of the normal loss: w(−μ − z(Sw)/s).
std::vector<double> normal_loss_components(std::span<const double> weights, std::span<const double> means,
                                           std::span<const double> with_portfolio, double volatility, double tail);

/// Each asset's part of the mean normal loss beyond it: w(−μ + (Sw)/s φ(z)/a).
std::vector<double> normal_es_components(std::span<const double> weights, std::span<const double> means,
                                         std::span<const double> with_portfolio, double volatility, double tail);

/// Each asset's part of mean_tail_loss(): the mean of −w·r over the rows in which the portfolio's return is no better
/// than its quantile. `rows`: T rows of returns, `portfolio`: of the portfolio in them.
std::vector<double> historical_es_components(std::span<const double> weights, std::span<const double> rows,
                                             std::span<const double> portfolio, double quantile);

}  // namespace bradawl::finance
