#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "finance/benchmark.hpp"
#include "finance/drawdown.hpp"
#include "finance/ewma.hpp"
#include "finance/options.hpp"
#include "finance/report.hpp"
#include "finance/risk_sums.hpp"
#include "finance/rolling.hpp"
#include "math/matrix.hpp"

namespace bradawl::finance {

/// Takes a portfolio's returns row by row and tells its risk. Memory is O(assets), and 8 bytes a row as long as there
/// are no more than AnalysisOptions::keep; estimators other than the sample's and the exponential one, and gaps under
/// Missing::pairwise, need all returns and hold them.
class Analysis {
public:
    /// `names`, `weights`: of the assets held. `options` is used as long as this lives.
    Analysis(const AnalysisOptions& options, std::vector<std::string> names, std::vector<double> weights);

    /// Adds a row: the assets' returns, and behind them the benchmark's if there is one. `label` stands for it.
    void add(std::span<const double> returns, std::string_view label);

    std::uint64_t count() const { return sums_.count(); }
    /// Whether there are rows enough for a report.
    bool ready() const { return rows() >= 2; }
    /// Whether all returns are held, so that save() is not all that a later run needs.
    bool holds_returns() const { return stores_; }
    double last_return() const { return last_return_; }
    const Drawdown& drawdown() const { return drawdown_; }

    /// Of one period so far; NaN before there are two rows.
    double volatility() const;
    double ewma_volatility() const;
    /// Assets' parts of the volatility, as parts of 1.
    void shares(std::vector<double>& shares) const;
    /// Whether the last return was below the normal loss at the first level, as known before it.
    bool breach() const { return breach_; }

    /// All that is known. Errors: Fault::data when there are too few rows, or the mathematics refuse.
    Report report() const;

    /// All running numbers bit by bit, for a later run to go on with. load() says false for a text that is not so.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    static constexpr std::size_t few_assets = 64;  // of which all pairs are kept always

    std::uint64_t rows() const { return stores_ ? std::max(count(), store_rows_) : count(); }
    bool needs_matrix() const;
    void add_complete(std::span<const double> returns, double portfolio);
    double portfolio_return(std::span<const double> returns);
    math::Matrix stored() const;
    std::optional<math::Matrix> covariance_matrix(Report& report) const;
    void fill_assets(Report& report, const std::optional<math::Matrix>& matrix) const;
    void fill_drift(Report& report) const;
    void fill_diversification(Report& report, const std::optional<math::Matrix>& matrix) const;
    void fill_correlation(Report& report, const math::Matrix& matrix) const;
    void fill_series(Report& report) const;
    void fill_tail(Report& report, const std::vector<double>& sorted, double skewness, double kurtosis,
                   double population_deviation) const;
    void fill_solutions(Report& report, const math::Matrix& matrix) const;
    void fill_index(Report& report, const math::Matrix& matrix) const;

    const AnalysisOptions& options_;
    std::vector<std::string> names_;
    std::vector<double> weights_;
    bool stores_;
    RiskSums sums_;
    RiskSums drifting_;        // of returns times the weights of their time
    std::vector<double> now_;  // drift: weights of now
    std::vector<double> weighted_;
    EwmaRisk ewma_;
    Drawdown drawdown_;
    std::vector<Rolling> rolling_;
    BenchmarkSums benchmark_;
    std::vector<double> series_;  // the portfolio's returns, while there are not too many
    bool series_whole_ = true;
    std::vector<double> store_;  // all rows, one behind the other
    std::uint64_t store_rows_ = 0;
    std::string peak_label_;  // of the drawdown in work
    std::string worst_peak_label_;
    std::string trough_label_;
    double high_ = 1;
    double level_ = 1;
    double last_return_ = unknown_value;
    bool breach_ = false;
};

}  // namespace bradawl::finance
