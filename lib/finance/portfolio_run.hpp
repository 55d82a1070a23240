#pragma once

#include <memory>
#include <string>
#include <vector>

#include "finance/analysis.hpp"
#include "finance/returns.hpp"
#include "finance/row_source.hpp"
#include "finance/weights.hpp"
#include "io/input.hpp"
#include "io/lines.hpp"

namespace bradawl::finance {

/// From an input to the risk of a portfolio, row by row.
class PortfolioRun {
public:
    /// Opens the input and finds the portfolio's assets in it. All are used as long as this lives.
    /// Errors: Fault::data, Fault::usage.
    PortfolioRun(io::Input& input, const AnalysisOptions& options);

    /// Takes the next return; false at the end. Errors: Fault::data with the place in the input.
    bool next();

    /// Whether the next row would have to be waited for.
    bool idle() { return rows_->idle(); }

    /// Whether enough is known for a report.
    bool ready() const { return analysis_ != nullptr && analysis_->ready(); }

    /// All that is known so far. Errors: Fault::data when it is too little, and under `strict` what was assumed.
    Report report();

    /// The row taken last, as a line of JSON with a line feed.
    void append_line(std::string& json);

    /// A figure of the row taken last, for alerts.
    std::optional<double> figure(const std::string& name);

    /// Goes on where an earlier run of the same portfolio and options ended; nothing to do when there is no such file.
    /// Errors: Fault::data when it belongs to something else, Fault::usage for options that need all returns again.
    void resume(const std::string& path);

    /// Writes what a later run needs to go on. Errors: Fault::io.
    void save(const std::string& path) const;

private:
    void hold_shares();
    void settle_period(Report& report) const;
    double year_so_far() const;
    std::string signature() const;

    const AnalysisOptions& options_;
    io::LineReader lines_;
    std::unique_ptr<RowSource> rows_;
    Audit audit_;
    Weights weights_;
    std::vector<std::string> names_;
    std::unique_ptr<Returns> returns_;
    std::unique_ptr<Analysis> analysis_;
    bool held_ = false;  // holdings: all rows were taken at once
    bool ended_ = false;
    std::string label_;
    std::vector<double> shares_;
};

}  // namespace bradawl::finance
