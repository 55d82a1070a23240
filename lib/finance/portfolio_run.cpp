#include "finance/portfolio_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/error.hpp"
#include "core/system_error.hpp"
#include "finance/open_rows.hpp"
#include "io/output.hpp"
#include "json/writer.hpp"
#include "text/nearest.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::finance {

namespace {

constexpr double trading_days = 252;
constexpr std::uint64_t enough_dates = 30;  // to tell the period from while rows still come
constexpr std::string_view state_head = "portvol state 1\n";

/// A usual number of rows a year near to one that was counted; 0 where none is.
double usual_period(double counted) {
    struct Range {
        double low, high, usual;
    };
    constexpr Range ranges[] = {{238, 265, 252},  {350, 380, 365}, {48, 55, 52},
                                {11.4, 12.6, 12}, {3.8, 4.2, 4},   {0.9, 1.1, 1}};
    for (const Range& range : ranges)
        if (counted >= range.low && counted <= range.high) return range.usual;
    return 0;
}

const char* word(Missing missing) {
    constexpr const char* words[] = {"drop", "pairwise", "ffill", "zero", "fail"};
    return words[static_cast<std::size_t>(missing)];
}

}  // namespace

PortfolioRun::PortfolioRun(io::Input& input, const AnalysisOptions& options)
    : options_(options), lines_(input, longest_line), rows_(open_rows(input, lines_, options.input)) {
    audit_.input = input.name() == "standard input" ? "stdin" : input.name();
    weights_ = resolve_weights(options.weights, rows_->names(), options.benchmark);
    std::vector<std::size_t> columns = weights_.columns;
    for (const std::size_t column : columns)
        names_.push_back(rows_->names()[column]);
    if (!options.benchmark.empty()) {
        const auto& known = rows_->names();
        const auto found = std::find(known.begin(), known.end(), options.benchmark);
        if (found == known.end()) {
            const std::string near = text::nearest(options.benchmark, known);
            throw Error(Fault::data, fmt::format("--benchmark: no column '{}' in the input{}", options.benchmark,
                                                 near.empty() ? "" : " (did you mean '" + near + "'?)"));
        }
        columns.push_back(static_cast<std::size_t>(found - known.begin()));
    }
    returns_ = std::make_unique<Returns>(*rows_, columns, options.input, audit_);
    if (!weights_.are_shares) analysis_ = std::make_unique<Analysis>(options, names_, weights_.values);
}

/// Numbers of shares become weights by the last prices, so all rows are read before.
void PortfolioRun::hold_shares() {
    std::vector<std::vector<double>> all;
    std::vector<std::string> labels;
    for (ReturnRow row; returns_->next(row);) {
        all.emplace_back(row.values.begin(), row.values.end());
        labels.emplace_back(row.label);
    }
    double total = 0;
    for (std::size_t at = 0; at < names_.size(); ++at) {
        const double price = returns_->prices().empty() ? unknown_value : returns_->prices()[at];
        if (std::isnan(price)) throw Error(Fault::data, text::printable(names_[at]) + ": no last price for --holdings");
        total += weights_.values[at] *= price;
    }
    if (total == 0) throw Error(Fault::data, "--holdings: all together is worth nothing");
    for (double& value : weights_.values)
        value /= total;
    analysis_ = std::make_unique<Analysis>(options_, names_, weights_.values);
    for (std::size_t at = 0; at < all.size(); ++at)
        analysis_->add(all[at], labels[at]);
}

bool PortfolioRun::next() {
    if (weights_.are_shares) {
        ended_ = std::exchange(held_, true);
        if (ended_) return false;
        hold_shares();
        return true;
    }
    ReturnRow row;
    ended_ = !returns_->next(row);
    if (ended_) return false;
    analysis_->add(row.values, row.label);
    label_.assign(row.label);
    return true;
}

/// How many rows there are a year, and why.
void PortfolioRun::settle_period(Report& report) const {
    if (report.is_index || options_.period == "none") {
        report.period_why = report.is_index ? "an index has no unit" : "--period none";
    } else if (options_.period != "auto") {
        const auto given = text::to_double(options_.period);
        if (!given || !(*given > 0)) throw Error(Fault::usage, "--period is auto, none or a number of rows a year");
        report.period = *given;
        report.period_why = "--period";
    } else if (const double counted = returns_->has_dates() ? returns_->rows_a_year() : 0; counted > 0) {
        const double usual = usual_period(counted);
        report.period = usual > 0 ? usual : counted;
        report.period_why = fmt::format("dates: {:.4g} rows a year", counted);
        if (usual == 0)
            report.audit.assumptions.push_back(
                fmt::format("{:.6g} periods a year, counted from the dates (--period)", counted));
    } else {
        report.period = trading_days;
        report.period_why = "no dates: assumed";
        report.audit.assumptions.emplace_back("252 periods a year, as there are no dates (--period)");
    }
}

double PortfolioRun::year_so_far() const {
    if (options_.period == "none") return 1;
    if (options_.period != "auto") return std::sqrt(text::to_double(options_.period).value_or(1));
    const bool known = returns_->has_dates() && returns_->rows_a_year() > 0 && (ended_ || audit_.rows >= enough_dates);
    const double usual = known ? usual_period(returns_->rows_a_year()) : trading_days;
    return std::sqrt(usual > 0 ? usual : returns_->rows_a_year());
}

Report PortfolioRun::report() {
    if (analysis_ == nullptr) hold_shares();
    Report report = analysis_->report();
    report.audit = audit_;
    report.kind = options_.input.are_prices ? "prices" : "returns";
    report.returns_kind = options_.input.log_returns ? "log" : "simple";
    report.missing = word(options_.input.missing);
    report.weights_why = weights_.are_shares ? "shares by the last prices" : weights_.why;
    settle_period(report);
    auto& assumed = report.audit.assumptions;
    assumed.insert(assumed.begin(), rows_->findings().begin(), rows_->findings().end());
    if (weights_.assumed) assumed.emplace_back("equal weights (-w)");
    if (returns_->ambiguous_dates()) assumed.emplace_back("dates with the month first, as both readings would do");
    if (options_.input.log_returns && names_.size() > 1)
        report.notes.emplace_back("log returns do not add up across assets: the volatility is an approximation");
    if (report.drawdown && report.drawdown->peak == 0) report.drawdown->peak_label = audit_.first;
    if (options_.strict && !assumed.empty())
        throw Error(Fault::data, "--strict: assumed: " + text::printable(assumed.front(), 200));
    return report;
}

void PortfolioRun::append_line(std::string& json) {
    const double year = year_so_far();
    json::Writer out(json);
    out.begin_object();
    out.key("t");
    out.foreign_string(label_);
    out.key("n");
    out.integer(analysis_->count());
    const auto number = [&](std::string_view key, double value) {
        out.key(key);
        out.number(value);
    };
    number("ret", analysis_->last_return());
    number("vol", analysis_->volatility() * year);
    number("ewma", analysis_->ewma_volatility() * year);
    number("dd", analysis_->drawdown().current());
    out.key("var_breach");
    out.boolean(analysis_->breach());
    out.key("pcr");
    out.begin_array();
    analysis_->shares(shares_);
    for (const double share : shares_)
        out.number(share);
    out.end_array();
    out.end_object();
    json += '\n';
}

std::optional<double> PortfolioRun::figure(const std::string& name) {
    if (analysis_ == nullptr) return unknown_value;
    const double year = year_so_far();
    if (name == "vol") return analysis_->volatility() * year;
    if (name == "ewma" || name == "ewma_vol") return analysis_->ewma_volatility() * year;
    if (name == "ret") return analysis_->last_return();
    if (name == "dd") return analysis_->drawdown().current();
    if (name == "n") return static_cast<double>(analysis_->count());
    if (name == "var_breach") return analysis_->breach() ? 1 : 0;
    if (!name.starts_with("pcr:")) return std::nullopt;
    const auto found = std::find(names_.begin(), names_.end(), name.substr(4));
    if (found == names_.end()) return std::nullopt;
    analysis_->shares(shares_);
    return shares_[static_cast<std::size_t>(found - names_.begin())];
}

/// What must be the same for a run to go on with another's state.
std::string PortfolioRun::signature() const {
    std::string text = fmt::format("{} {} {} {} {} {}", options_.input.are_prices, options_.input.log_returns,
                                   static_cast<int>(options_.input.missing), options_.weights.drift, options_.lambda,
                                   static_cast<int>(options_.seed));
    for (const std::uint64_t window : options_.windows)
        text += fmt::format(" {}", window);
    text += fmt::format(" {} {} {}", options_.lead_zero, options_.keep, text::printable(options_.benchmark));
    for (std::size_t at = 0; at < names_.size(); ++at)
        text += fmt::format(" {}={}", text::printable(names_[at]), weights_.values[at]);
    return text + "\n";
}

void PortfolioRun::resume(const std::string& path) {
    if (analysis_->holds_returns())
        throw Error(Fault::usage, "--state does not keep the returns that this estimator or part of the report needs");
    if (::access(path.c_str(), F_OK) != 0) return;
    const std::string document = io::read_document(path, std::size_t{1} << 30);
    const std::string head = std::string(state_head) + signature();
    std::string_view text = document;
    if (!text.starts_with(head))
        throw Error(Fault::data, path + ": not the state of this portfolio with these options",
                    "Remove the file to begin anew.");
    text.remove_prefix(head.size());
    if (!returns_->load(text) || !analysis_->load(text)) throw Error(Fault::data, path + ": damaged");
}

void PortfolioRun::save(const std::string& path) const {
    std::string text = std::string(state_head) + signature();
    returns_->save(text);
    analysis_->save(text);
    const std::string temporary = path + ".new";
    io::Output file = io::Output::open(temporary);
    file.write(text);
    file.sync();
    if (std::rename(temporary.c_str(), path.c_str()) != 0) throw system_error(Fault::io, "cannot write " + path, errno);
}

}  // namespace bradawl::finance
