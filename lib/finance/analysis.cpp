#include "finance/analysis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.hpp"
#include "finance/gap.hpp"
#include "finance/risk.hpp"
#include "finance/tail.hpp"

namespace bradawl::finance {

Analysis::Analysis(const AnalysisOptions& options, std::vector<std::string> names, std::vector<double> weights)
    : options_(options),
      names_(std::move(names)),
      weights_(std::move(weights)),
      stores_((options.estimator != Estimator::sample && !options.by_ewma) ||
              options.input.missing == Missing::pairwise || options.parts.components ||
              (names_.size() > few_assets && needs_matrix())),
      sums_(names_.size(), names_.size() <= few_assets),
      drifting_(options.weights.drift ? names_.size() : 0),
      now_(weights_),
      weighted_(names_.size()),
      ewma_(names_.size(), options.lambda, options.seed) {
    series_.resize(std::min<std::uint64_t>(options.keep, 1 << 16));  // all at once, so that memory stays as it is
    series_.clear();
    for (const std::uint64_t window : options.windows)
        rolling_.emplace_back(window);
    if (options.by_ewma && needs_matrix())
        throw Error(Fault::usage, "--cov=ewma knows no covariances of pairs; choose another for this");
    if (!options.lead_zero) return;
    const std::vector<double> zeros(names_.size() + (options.benchmark.empty() ? 0 : 1));
    add(zeros, "");
}

/// Whether covariances of all pairs are asked for.
bool Analysis::needs_matrix() const {
    return !options_.solve.empty() || options_.stressed || options_.parts.correlation || options_.psd != Psd::check ||
           options_.correlation_index || options_.parts.bets;
}

/// Under drift the weights move with the assets' values.
double Analysis::portfolio_return(std::span<const double> returns) {
    // Four sums side by side: one alone waits for each of its additions.
    std::array<double, 4> sums{};
    const std::size_t assets = weights_.size();
    std::size_t quad = 0;
    for (; quad + sums.size() <= assets; quad += sums.size())
        for (std::size_t lane = 0; lane < sums.size(); ++lane)
            sums[lane] += now_[quad + lane] * returns[quad + lane];
    double sum = (sums[0] + sums[2]) + (sums[1] + sums[3]);
    for (; quad < assets; ++quad)
        sum += now_[quad] * returns[quad];
    if (options_.weights.drift) {
        for (std::size_t at = 0; at < weights_.size(); ++at) {
            weighted_[at] = now_[at] * returns[at];
            now_[at] *= (1 + returns[at]) / (1 + sum);
        }
    }
    return sum;
}

void Analysis::add(std::span<const double> returns, std::string_view label) {
    const auto assets = returns.first(names_.size());
    if (stores_) {
        store_.insert(store_.end(), assets.begin(), assets.end());
        ++store_rows_;
    }
    if (has_gap(returns)) return;  // pairwise: no return of the portfolio
    const double portfolio = portfolio_return(assets);
    breach_ = count() > 1 && portfolio < -normal_loss(sums_.mean(), volatility(), 1 - options_.levels.front()).at;
    add_complete(assets, portfolio);
    if (!options_.benchmark.empty()) benchmark_.add(portfolio, returns.back());
    const double worst = drawdown_.worst();
    const double growth = options_.input.log_returns ? std::exp(portfolio) : 1 + portfolio;
    drawdown_.add(growth);
    level_ *= growth;
    if (level_ > high_) {
        high_ = level_;
        peak_label_ = label;
    }
    if (drawdown_.worst() < worst) {
        worst_peak_label_ = peak_label_;
        trough_label_ = label;
    }
}

void Analysis::add_complete(std::span<const double> returns, double portfolio) {
    last_return_ = portfolio;
    sums_.add(returns, portfolio);
    if (options_.weights.drift) drifting_.add(weighted_, portfolio);
    ewma_.add(returns, portfolio);
    for (Rolling& one : rolling_)
        one.add(portfolio);
    if (!series_whole_) return;
    if (series_.size() < options_.keep) {
        series_.push_back(portfolio);
    } else {
        series_whole_ = false;
        series_ = {};
    }
}

double Analysis::volatility() const {
    return count() < 2 ? unknown_value : std::sqrt(sums_.variance(options_.ddof));
}

double Analysis::ewma_volatility() const {
    return count() < 2 ? unknown_value : std::sqrt(ewma_.variance(sums_.variance(1)));
}

void Analysis::shares(std::vector<double>& shares) const {
    shares.assign(names_.size(), unknown_value);
    const double variance = sums_.variance(options_.ddof);
    for (std::size_t at = 0; at < names_.size(); ++at)
        shares[at] = options_.weights.drift ? drifting_.covariance(at, options_.ddof) / variance
                                            : weights_[at] * sums_.covariance(at, options_.ddof) / variance;
}

math::Matrix Analysis::stored() const {
    math::Matrix made;
    made.rows = store_rows_;
    made.columns = names_.size();
    made.data = store_;
    return made;
}

void Analysis::save(std::string& text) const {
    sums_.save(text);
    if (options_.weights.drift) drifting_.save(text);
    for (const double value : now_)
        save_bits(value, text);
    ewma_.save(text);
    drawdown_.save(text);
    for (const Rolling& one : rolling_)
        one.save(text);
    benchmark_.save(text);
    for (const double value :
         {high_, level_, last_return_, series_whole_ ? 1.0 : 0.0, static_cast<double>(series_.size())})
        save_bits(value, text);
    for (const double value : series_)
        save_bits(value, text);
    for (const std::string* label : {&peak_label_, &worst_peak_label_, &trough_label_})
        text += "\n" + *label + "\n";
}

bool Analysis::load(std::string_view& text) {
    bool good = sums_.load(text) && (!options_.weights.drift || drifting_.load(text));
    for (double& value : now_)
        good = good && load_bits(text, value);
    good = good && ewma_.load(text) && drawdown_.load(text);
    for (Rolling& one : rolling_)
        good = good && one.load(text);
    double whole = 0;
    double size = 0;
    good = good && benchmark_.load(text) && load_bits(text, high_) && load_bits(text, level_) &&
           load_bits(text, last_return_) && load_bits(text, whole) && load_bits(text, size) && size >= 0 &&
           size <= static_cast<double>(text.size());
    if (!good) return false;
    series_whole_ = whole != 0;
    series_.resize(static_cast<std::size_t>(size));
    for (double& value : series_)
        good = good && load_bits(text, value);
    for (std::string* label : {&peak_label_, &worst_peak_label_, &trough_label_}) {
        const std::size_t begin = text.find('\n');
        const std::size_t end = begin == std::string_view::npos ? begin : text.find('\n', begin + 1);
        if (end == std::string_view::npos) return false;
        *label = text.substr(begin + 1, end - begin - 1);
        text.remove_prefix(end + 1);
    }
    return good;
}

}  // namespace bradawl::finance
