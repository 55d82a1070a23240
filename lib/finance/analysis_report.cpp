#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "finance/analysis.hpp"
#include "finance/estimators.hpp"
#include "finance/interval.hpp"
#include "finance/pairwise.hpp"
#include "finance/psd.hpp"
#include "finance/risk.hpp"
#include "finance/solvers.hpp"
#include "finance/tail.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {

namespace {

const char* name_of(Estimator estimator) {
    constexpr const char* names[] = {"sample", "lw",          "lw-cc", "lw-market", "lw-diag", "lw-sklearn",
                                     "oas",    "oas-sklearn", "qis",   "denoise",   "semi"};
    return names[static_cast<std::size_t>(estimator)];
}

/// Without the losses that nobody asked for.
TailRisk chosen(TailRisk all, const TailParts& parts) {
    if (!parts.historical)
        all.historical = all.historical_ordered = all.historical_es = all.historical_es_exact = unknown_value;
    if (!parts.historical) all.historical_es_components.clear();
    if (!parts.normal) {
        all.normal = all.normal_es = unknown_value;
        all.components.clear();
        all.normal_es_components.clear();
    }
    if (!parts.fisher) {
        all.cornish_fisher = all.cornish_fisher_es = unknown_value;
        all.in_domain = true;
    }
    return all;
}

}  // namespace

/// The covariances of all pairs by the estimator asked for, where they are known.
std::optional<math::Matrix> Analysis::covariance_matrix(Report& report) const {
    std::optional<math::Matrix> made;
    const bool pairwise = options_.input.missing == Missing::pairwise;
    if (options_.by_ewma) return made;
    if (pairwise) {
        if (options_.estimator != Estimator::sample)
            throw Error(Fault::usage, "--missing=pairwise goes with --cov=sample only");
        made = pairwise_covariance(stored(), options_.ddof).covariance;
    } else if (options_.estimator != Estimator::sample) {
        Estimate estimated = estimate(options_.estimator, stored(), options_.ddof);
        report.intensity = estimated.intensity;
        made = std::move(estimated.covariance);
    } else if (stores_) {
        made = covariance(stored(), options_.ddof);
    } else if (sums_.has_matrix()) {
        made = sums_.matrix(options_.ddof);
    }
    if (!made || (options_.psd == Psd::check && !pairwise)) return made;
    PsdResult checked = positive_semidefinite(*made, options_.psd);
    report.smallest_eigenvalue = checked.smallest;
    report.repaired = checked.repaired;
    if (checked.smallest < 0 && !checked.repaired)
        report.notes.push_back(
            fmt::format("the covariance is not PSD (smallest eigenvalue {:.2g} of its correlation); "
                        "--psd higham repairs it",
                        checked.smallest));
    made = std::move(checked.covariance);
    return made;
}

void Analysis::fill_assets(Report& report, const std::optional<math::Matrix>& matrix) const {
    const std::size_t n = names_.size();
    const int ddof = options_.ddof;
    const bool by_matrix = matrix && (options_.estimator != Estimator::sample || report.repaired ||
                                      options_.input.missing == Missing::pairwise);
    std::vector<double> with_portfolio(n);
    std::vector<double> variances(n);
    if (by_matrix) with_portfolio = math::product(*matrix, weights_);
    for (std::size_t at = 0; at < n; ++at) {
        if (by_matrix) {
            variances[at] = (*matrix)(at, at);
        } else if (options_.by_ewma) {
            with_portfolio[at] = ewma_.covariance(at, sums_.covariance(at, 1));
            variances[at] = ewma_.asset_variance(at, sums_.asset_variance(at, 1));
        } else {
            with_portfolio[at] = sums_.covariance(at, ddof);
            variances[at] = sums_.asset_variance(at, ddof);
        }
    }
    const Contributions parts = contributions_from(weights_, with_portfolio);
    report.volatility = parts.volatility;
    if (!by_matrix && !options_.by_ewma) report.volatility = volatility();
    for (std::size_t at = 0; at < n; ++at) {
        AssetRisk one;
        one.name = names_[at];
        one.weight = weights_[at];
        one.mean = count() > 0 ? sums_.means()[at] : unknown_value;
        one.volatility = std::sqrt(variances[at]);
        one.beta = parts.beta[at];
        one.marginal = parts.marginal[at];
        one.component = parts.component[at];
        one.share = parts.share[at];
        report.assets.push_back(std::move(one));
    }
    if (options_.weights.drift) fill_drift(report);
}

/// What each asset gave to the volatility with the weights that it had in time.
void Analysis::fill_drift(Report& report) const {
    report.drifts = true;
    const double variance = sums_.variance(options_.ddof);
    const double deviation = std::sqrt(variance);
    report.volatility = deviation;
    for (std::size_t at = 0; at < names_.size(); ++at) {
        AssetRisk& one = report.assets[at];
        const double with = drifting_.covariance(at, options_.ddof);
        one.end_weight = now_[at];
        one.beta = sums_.covariance(at, options_.ddof) / variance;
        one.marginal = sums_.covariance(at, options_.ddof) / deviation;
        one.component = with / deviation;
        one.share = with / variance;
    }
}

void Analysis::fill_diversification(Report& report, const std::optional<math::Matrix>& matrix) const {
    Diversification& made = report.diversification;
    double sum = 0;
    double squares = 0;
    double shares = 0;
    double weights = 0;
    for (const AssetRisk& one : report.assets) {
        sum += one.weight * one.volatility;
        squares += one.weight * one.weight * one.volatility * one.volatility;
        weights += one.weight * one.weight;
        shares += one.share * one.share;
    }
    const double variance = report.volatility * report.volatility;
    made.ratio = sum / report.volatility;
    if (report.assets.size() > 1) made.implied_correlation = (variance - squares) / (sum * sum - squares);
    made.effective_weights = 1 / weights;
    made.effective_shares = 1 / shares;
    if (!matrix) return;
    const bool flat = std::any_of(report.assets.begin(), report.assets.end(),
                                  [](const AssetRisk& one) { return !(one.volatility > 0); });
    if (flat || report.assets.size() < 2) return;
    made.mean_correlation = mean_correlation(*matrix);
    if (report.assets.size() > few_assets && !options_.parts.bets) {
        fill_correlation(report, *matrix);
        return;
    }
    made.bets_pca = effective_bets_pca(weights_, *matrix);
    made.bets_torsion = effective_bets_torsion(weights_, *matrix);
    const std::vector<double> less = incremental_risk(weights_, *matrix);
    for (std::size_t at = 0; at < less.size(); ++at)
        report.assets[at].incremental = less[at];
    fill_correlation(report, *matrix);
}

void Analysis::fill_correlation(Report& report, const math::Matrix& matrix) const {
    if (!options_.parts.correlation) return;
    const math::Matrix correlation = correlation_of(matrix);
    for (std::size_t row = 0; row < correlation.rows; ++row)
        report.correlation.emplace_back(correlation.row(row).begin(), correlation.row(row).end());
}

/// What the portfolio's own returns tell.
void Analysis::fill_series(Report& report) const {
    report.mean = sums_.mean();
    report.ewma = ewma_volatility();
    report.lambda = options_.lambda;
    report.confidence = options_.confidence;
    report.drawdown = DrawdownRisk{drawdown_.worst(),  drawdown_.current(), drawdown_.peak(),
                                   drawdown_.trough(), worst_peak_label_,   trough_label_};
    for (const Rolling& one : rolling_)
        if (count() >= one.risk().window) report.rolling.push_back(one.risk());
    if (!options_.benchmark.empty())
        report.benchmark = BenchmarkRisk{options_.benchmark, benchmark_.beta(), benchmark_.correlation(),
                                         benchmark_.tracking_error(options_.ddof), benchmark_.active_return()};
    const double deviation = volatility();
    if (!(deviation > 0)) return;
    report.chi_square = chi_square_interval(deviation, count(), options_.confidence);
    if (!series_whole_ || series_.empty()) {
        if (!series_whole_)
            report.notes.push_back(
                fmt::format("more than {} returns: no historical losses and no bootstrap (--keep)", options_.keep));
        fill_tail(report, {}, unknown_value, unknown_value, unknown_value);
        return;
    }
    const Shape4 shape = shape_of_returns(series_);
    report.skewness = shape.skewness;
    report.kurtosis = shape.kurtosis;
    report.standard_error = deviation_error(deviation, count(), shape.kurtosis);
    std::vector<double> sorted = series_;
    std::sort(sorted.begin(), sorted.end());
    fill_tail(report, sorted, shape.skewness, shape.kurtosis, std::sqrt(shape.variance));
    if (options_.resamples == 0 || options_.by_ewma) return;
    // A volatility is the mean of squares, so it is their memory that blocks must keep.
    std::vector<double> squares(series_.size());
    for (std::size_t at = 0; at < series_.size(); ++at)
        squares[at] = (series_[at] - shape.mean) * (series_[at] - shape.mean);
    report.block = options_.block > 0 ? options_.block : circular_block_length(squares);
    report.resamples = options_.resamples;
    report.seed = options_.random_seed;
    report.bootstrap = bootstrap_interval(series_, options_.ddof, report.block, options_.resamples,
                                          options_.random_seed, options_.confidence);
}

void Analysis::fill_tail(Report& report, const std::vector<double>& sorted, double skewness, double kurtosis,
                         double population_deviation) const {
    const double deviation = volatility();
    std::vector<double> with_portfolio(names_.size());
    for (std::size_t at = 0; at < names_.size(); ++at)
        with_portfolio[at] = sums_.covariance(at, options_.ddof);
    for (const double level : options_.levels) {
        TailRisk one;
        one.level = level;
        const double tail = 1 - level;
        const Loss normal = normal_loss(sums_.mean(), deviation, tail);
        one.normal = normal.at;
        one.normal_es = normal.beyond;
        if (!options_.weights.drift) {
            one.components = normal_loss_components(weights_, sums_.means(), with_portfolio, deviation, tail);
            if (options_.parts.components) {
                one.normal_es_components =
                    normal_es_components(weights_, sums_.means(), with_portfolio, deviation, tail);
                if (store_rows_ == series_.size())
                    one.historical_es_components =
                        historical_es_components(weights_, store_, series_, quantile(sorted, tail));
            }
        }
        if (!sorted.empty()) {
            one.historical = historical_loss(sorted, tail);
            one.historical_ordered = ordered_loss(sorted, tail);
            one.historical_es = mean_tail_loss(sorted, tail);
            one.historical_es_exact = exact_tail_loss(sorted, tail);
            one.in_domain = in_cornish_fisher_domain(skewness, kurtosis);
            if (!one.in_domain && options_.tail.fisher_given)
                throw Error(Fault::data, fmt::format("--tail=cf: skewness {:.3g} and kurtosis {:.3g} are outside the "
                                                     "domain of Cornish and Fisher's expansion",
                                                     skewness, kurtosis));
            if (one.in_domain || options_.compat == Compat::performance_analytics) {
                const auto expansion =
                    options_.compat == Compat::performance_analytics ? edgeworth_loss : cornish_fisher_loss;
                const Loss fisher = expansion(sums_.mean(), population_deviation, skewness, kurtosis, tail);
                one.cornish_fisher = fisher.at;
                one.cornish_fisher_es = fisher.beyond;
            }
        }
        report.tail.push_back(chosen(one, options_.tail));
    }
}

void Analysis::fill_solutions(Report& report, const math::Matrix& matrix) const {
    const Bounds bounds{options_.low, options_.high};
    for (const std::string& rule : options_.solve) {
        Solution made;
        made.rule = rule;
        if (rule == "minvar") {
            made.weights = options_.bounded ? minimum_variance(matrix, bounds) : minimum_variance(matrix);
        } else if (rule == "erc") {
            made.weights = risk_parity(matrix);
        } else if (rule == "maxdiv") {
            made.weights = maximum_diversification(matrix, options_.bounded);
        } else {
            made.weights = inverse_volatility(matrix);
        }
        made.volatility = finance::volatility(made.weights, matrix);
        report.solutions.push_back(std::move(made));
    }
}

/// Of the correlation matrix: what some take for a volatility.
void Analysis::fill_index(Report& report, const math::Matrix& matrix) const {
    report.is_index = true;
    const Contributions parts = contributions(weights_, correlation_of(matrix));
    double naive = 0;
    for (std::size_t at = 0; at < names_.size(); ++at) {
        AssetRisk& one = report.assets[at];
        naive += one.weight * one.volatility;
        one.beta = parts.beta[at];
        one.marginal = parts.marginal[at];
        one.component = parts.component[at];
        one.share = parts.share[at];
    }
    report.volatility = parts.volatility;
    if (options_.compat == Compat::article) report.naive = naive / static_cast<double>(names_.size());
}

Report Analysis::report() const {
    if (!ready())
        throw Error(Fault::data,
                    fmt::format("{} too few for a volatility", rows() == 1 ? "1 return is" : "0 returns are"));
    Report report;
    report.estimator = options_.by_ewma ? "ewma" : name_of(options_.estimator);
    report.ddof = options_.ddof;
    const auto matrix = covariance_matrix(report);
    fill_assets(report, matrix);
    fill_diversification(report, matrix);
    if (count() > 1) fill_series(report);
    if (options_.correlation_index) fill_index(report, *matrix);
    if (!matrix) return report;
    fill_solutions(report, *matrix);
    if (options_.stressed)
        report.stress = StressRisk{
            options_.stress_correlation, options_.stress_factor,
            finance::volatility(weights_, stress(*matrix, options_.stress_correlation, options_.stress_factor))};
    return report;
}

}  // namespace bradawl::finance
