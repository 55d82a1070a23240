#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "finance/audit.hpp"

namespace bradawl::finance {

inline constexpr double unknown_value = std::numeric_limits<double>::quiet_NaN();

// All figures are of one period of the input, such as a day, unless their names say otherwise; NaN is unknown.

/// One asset of a portfolio.
struct AssetRisk {
    std::string name;
    double weight = 0;
    double mean = unknown_value;
    double volatility = unknown_value;
    double beta = unknown_value;       ///< to the portfolio
    double marginal = unknown_value;   ///< change of the portfolio's volatility with the weight
    double component = unknown_value;  ///< part of the portfolio's volatility
    double share = unknown_value;      ///< the same as part of 1
    double incremental = unknown_value;
    double end_weight = unknown_value;  ///< after drifting
};

/// From where to where a figure lies, with the probability asked for.
struct Span {
    double low;
    double high;
};

/// Loss at one level of probability, positive.
struct TailRisk {
    double level = 0.95;
    double historical = unknown_value;           ///< quantile between two returns (type 7)
    double historical_ordered = unknown_value;   ///< the return at the quantile
    double historical_es = unknown_value;        ///< mean of the returns no better than the quantile
    double historical_es_exact = unknown_value;  ///< of exactly that share of the returns
    double normal = unknown_value;
    double normal_es = unknown_value;
    double cornish_fisher = unknown_value;
    double cornish_fisher_es = unknown_value;
    bool in_domain = true;  ///< skewness and kurtosis are such that Cornish-Fisher has a meaning
    std::vector<double> normal_es_components;
    std::vector<double> historical_es_components;
    std::vector<double> components;  ///< of the normal loss, by asset
};

struct RollingRisk {
    std::uint64_t window = 0;
    double first = unknown_value;
    double last = unknown_value;
    double lowest = unknown_value;
    double highest = unknown_value;
    std::vector<double> samples;  ///< some of them, in the order of time, for a picture
};

struct DrawdownRisk {
    double worst = 0;  ///< -0.18: 18 % below the peak
    double current = 0;
    std::uint64_t peak = 0;  ///< row of prices, the first is 0
    std::uint64_t trough = 0;
    std::string peak_label;
    std::string trough_label;
};

struct BenchmarkRisk {
    std::string name;
    double beta = unknown_value;
    double correlation = unknown_value;
    double tracking_error = unknown_value;
    double active_return = unknown_value;
};

struct Diversification {
    double ratio = unknown_value;
    double implied_correlation = unknown_value;
    double mean_correlation = unknown_value;
    double bets_torsion = unknown_value;
    double bets_pca = unknown_value;
    double effective_weights = unknown_value;  ///< 1 / Σw²
    double effective_shares = unknown_value;   ///< 1 / Σshare²
};

/// Weights that a rule gives, and their volatility.
struct Solution {
    std::string rule;
    std::vector<double> weights;
    double volatility = unknown_value;
};

struct StressRisk {
    double correlation = 0;
    double factor = 1;
    double volatility = unknown_value;
};

/// All that portvol found out.
struct Report {
    Audit audit;
    std::string kind = "prices";
    std::string returns_kind = "simple";
    std::string weights_why;
    std::string missing = "drop";
    double period = unknown_value;  ///< rows a year; NaN: nothing is annualised
    std::string period_why;
    std::string estimator = "sample";
    int ddof = 1;
    double intensity = unknown_value;
    double smallest_eigenvalue = unknown_value;
    bool repaired = false;
    bool is_index = false;  ///< of the correlation matrix: no volatility, and without a unit

    double mean = unknown_value;
    double volatility = unknown_value;
    double naive = unknown_value;  ///< Σwσ/3, of the article
    double skewness = unknown_value;
    double kurtosis = unknown_value;  ///< excess
    double ewma = unknown_value;
    double lambda = 0.94;
    double confidence = 0.95;
    double standard_error = unknown_value;
    std::optional<Span> chi_square;
    std::optional<Span> bootstrap;
    std::uint64_t block = 0;
    std::uint64_t resamples = 0;
    std::uint64_t seed = 0;

    std::vector<AssetRisk> assets;
    Diversification diversification;
    std::vector<std::vector<double>> correlation;
    std::vector<TailRisk> tail;
    std::optional<DrawdownRisk> drawdown;
    std::vector<RollingRisk> rolling;
    std::optional<BenchmarkRisk> benchmark;
    std::optional<StressRisk> stress;
    std::vector<Solution> solutions;
    bool drifts = false;
    std::vector<std::string> notes;  ///< what a reader should know, a sentence each

    /// What a figure of one period is times to be of a year; 1 where nothing is annualised.
    double year() const { return std::isnan(period) ? 1 : std::sqrt(period); }
};

}  // namespace bradawl::finance
