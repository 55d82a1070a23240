#include "cli/portfolio_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "cli/group.hpp"
#include "core/error.hpp"
#include "text/number.hpp"

namespace bradawl::cli {

namespace {

using finance::Compat;
using finance::Estimator;

[[noreturn]] void refuse(const std::string& text) {
    throw Error(Fault::usage, text, "Try 'portvol --help'.");
}

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        if (end > begin) parts.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

/// What `name` stands for. Errors: Fault::usage with all names.
template <class Value, std::size_t n>
Value find(const std::pair<const char*, Value> (&known)[n], const std::string& name, const char* what) {
    std::string names;
    for (const auto& [its, value] : known) {
        if (name == its) return value;
        names += (names.empty() ? "" : ", ") + std::string(its);
    }
    throw Error(Fault::usage, fmt::format("{} '{}'", what, name), "There are " + names + ".");
}

double number(const std::string& text, const char* option) {
    const auto value = text::to_double(text);
    if (!value) refuse(fmt::format("{}: '{}' is not a number", option, text));
    return *value;
}

}  // namespace

void PortfolioOptions::declare(CLI::App& app) {
    app.add_subcommand("diff", "Say which contribution moved the volatility between two reports in JSON")
        ->callback([this] { diff = true; });
    app.require_subcommand(0, 1);
    Group(app, "Portfolio")
        .text("-w,--weights", analysis.weights.weights, "LIST", "DAX=.5,SMI=.5, or equal, or @FILE (equal)")
        .text("--holdings", analysis.weights.holdings, "LIST", "numbers of shares instead: DAX=10,SMI=4, or @FILE")
        .flag("--normalize", analysis.weights.normalize, "divide weights by their sum")
        .choice<bool>("--hold", analysis.weights.drift, {{"constant", false}, {"drift", true}},
                      "weights of every date, or bought once and held (constant)");
    declare_input(app);
    declare_risk(app);
    declare_more(app);
    declare_output(app);
    app.add_option("FILE", files, "prices or returns; - is standard input; of diff: two reports");
}

void PortfolioOptions::declare_input(CLI::App& app) {
    using namespace finance;
    InputOptions& in = analysis.input;
    Group(app, "Input")
        .choice<Format>("--in", in.format,
                        {{"auto", Format::automatic},
                         {"csv", Format::csv},
                         {"tsv", Format::tsv},
                         {"ndjson", Format::ndjson},
                         {"pricedb", Format::pricedb}},
                        "format (auto)")
        .choice<Shape>("--shape", in.shape,
                       {{"auto", Shape::automatic}, {"wide", Shape::wide}, {"long", Shape::long_form}},
                       "a column an asset, or a row a price (auto)")
        .choice<bool>("--kind", in.are_prices, {{"prices", true}, {"returns", false}}, "what the values are (prices)")
        .text("--date", in.date, "COLUMN", "with the dates")
        .text("--ticker", in.ticker, "COLUMN", "long: with the assets' names")
        .text("--value", in.value, "COLUMN", "long: with the values")
        .text("--from", in.from, "DATE", "first date, or number of a row")
        .text("--to", in.to, "DATE", "last date")
        .text("--cols", in.columns, "REGEX", "only assets whose names match")
        .text("--sep", in.separator, "CHAR", "between fields; \\t is a tab (found)")
        .text("--decimal", in.decimal, "CHAR", "of numbers: . or ,")
        .text("--na", missing_words_, "LIST", "what a missing value looks like (NA,N/A,NaN,null,...)")
        .flag("--no-header", no_header_, "the first line is data")
        .choice<Order>("--order", in.order, {{"asc", Order::ascending}, {"desc", Order::descending}},
                       "oldest or newest rows first (asc)")
        .choice<Duplicates>("--duplicates", in.duplicates,
                            {{"fail", Duplicates::fail}, {"last", Duplicates::last}, {"mean", Duplicates::mean}},
                            "rows of one date (fail)");
    Group(app, "Returns")
        .choice<bool>("--returns", in.log_returns, {{"simple", false}, {"log", true}}, "kind of return (simple)")
        .choice<Missing>("--missing", in.missing,
                         {{"drop", Missing::drop},
                          {"pairwise", Missing::pairwise},
                          {"ffill", Missing::ffill},
                          {"zero", Missing::zero},
                          {"fail", Missing::fail}},
                         "what to do with gaps (drop)")
        .number("--jump", in.jump, 0.01, 1e9, "PART", "tell of returns beyond it (0.4)")
        .text("--period", analysis.period, "N", "rows a year: auto, 252, 365, 52, 12, none (auto)")
        .flag("--strict", analysis.strict, "refuse what has to be assumed");
}

void PortfolioOptions::declare_risk(CLI::App& app) {
    using namespace finance;
    Group(app, "Covariance")
        .text("--cov", cov_, "NAME",
              "sample, ewma, lw, lw-cc, lw-market, lw-diag, lw-sklearn, oas, oas-sklearn, qis, denoise, semi (sample)")
        .number("--ddof", ddof_, 0, 1, "N", "divisor T-N: 0 or 1 (1)")
        .number("--lambda", analysis.lambda, 0.01, 0.999999, "L", "decay of ewma (0.94)")
        .number("--half-life", half_life_, 0.01, 1e6, "ROWS", "decay of ewma, as a half-life")
        .choice<EwmaSeed>("--seed", analysis.seed,
                          {{"first", EwmaSeed::first},
                           {"cov", EwmaSeed::cov},
                           {"zero", EwmaSeed::zero},
                           {"normalised", EwmaSeed::normalised},
                           {"backcast", EwmaSeed::backcast}},
                          "how ewma begins (first)")
        .choice<bool>("--matrix", correlation_, {{"covariance", false}, {"correlation", true}},
                      "correlation gives an index, not a volatility (covariance)")
        .choice<Psd>("--psd", analysis.psd,
                     {{"check", Psd::check}, {"clip", Psd::clip}, {"higham", Psd::higham}, {"fail", Psd::fail}},
                     "a covariance that is none (check)")
        .choice<Compat>("--compat", analysis.compat,
                        {{"none", Compat::none},
                         {"article", Compat::article},
                         {"pandas", Compat::pandas},
                         {"sklearn", Compat::sklearn},
                         {"performanceanalytics", Compat::performance_analytics},
                         {"riskmetrics", Compat::risk_metrics}},
                        "agree with their figures (none)");
}

void PortfolioOptions::declare_more(CLI::App& app) {
    Group(app, "More risk")
        .text("--var", levels_, "LIST", "levels of VaR and ES in percent (95)")
        .text("--tail", tail_, "LIST", "hist,gauss,cf: by which distribution (all)")
        .number("--confidence", analysis.confidence, 0.5, 0.9999, "P", "of intervals (0.95)")
        .text("--roll", windows_, "LIST", "windows of rolling volatilities, in rows (63)")
        .text("--benchmark", analysis.benchmark, "COLUMN", "asset to compare with; it is not held")
        .text("--stress", stress_, "LIST",
              "corr=.5,vol=1.5: correlations half way to 1, volatilities half as high again")
        .count("--boot", analysis.resamples, "resamples of the bootstrap; 0: none (1000)")
        .text("--block", block_, "ROWS", "length of its blocks (auto)")
        .count("--rng", analysis.random_seed, "seed of its random numbers (42)")
        .text("--solve", solve_, "LIST", "minvar, erc, maxdiv, invvol: their weights")
        .text("--bounds", bounds_, "LOW:HIGH", "of minvar's and maxdiv's weights (none)")
        .count("--keep", analysis.keep, "returns held for tails, intervals and pictures (65536)");
    Group(app, "Streams")
        .flag("--follow", follow, "print a line of JSON a row, at once")
        .count("--every", every, "print a report every N rows")
        .texts("--alert", alerts, "EXPR", "exit 1 when it holds: 'ewma>0.25', 'dd<-0.1'")
        .text("--state", state, "FILE", "go on from this file, and keep it");
}

void PortfolioOptions::declare_output(CLI::App& app) {
    Group(app, "Output")
        .choice<Output>(
            "-o,--output", output,
            {{"table", Output::table}, {"json", Output::json}, {"ndjson", Output::ndjson}, {"csv", Output::csv}},
            "form (table)")
        .text("--show", show_, "LIST", "vol,contrib,tail,dd,bench,roll,audit, and corr, bets, comp, or all")
        .count("--digits", digits, "decimals of volatilities, as parts of 1 (4)")
        .choice<bool>("--unit", percent, {{"pct", true}, {"dec", false}}, "percent or plain numbers (pct)")
        .flag("--ascii", ascii, "no bars and blocks of Unicode")
        .count("--width", width, "columns of the table (80)")
        .text("--plot", plot, "FILE", "draw shares of risk and rolling volatility as SVG");
}

void PortfolioOptions::settle() {
    finance::InputOptions& in = analysis.input;
    in.header = !no_header_;
    if (diff) {
        if (files.size() != 2) refuse("diff compares two reports: portvol diff A.json B.json");
    } else {
        if (files.size() > 1) refuse("one FILE only: '" + files[1] + "' is a second one");
        if (!files.empty()) in.file = files[0];
    }
    if (in.separator.size() > 1 && in.separator != "\\t") refuse("--sep is one character");
    if (in.decimal != "." && in.decimal != ",") refuse("--decimal is . or ,");
    if (in.decimal == "," && in.separator == ",") refuse("--decimal=, needs another --sep");
    if (ddof_ >= 0 && ddof_ != 0 && ddof_ != 1) refuse("--ddof is 0 or 1");
    if (ddof_ >= 0) analysis.ddof = static_cast<int>(ddof_);
    if (analysis.period != "auto" && analysis.period != "none" && !(text::to_double(analysis.period).value_or(0) > 0))
        refuse("--period is auto, none or a number of rows a year");
    if (half_life_ > 0) analysis.lambda = std::exp2(-1 / half_life_);
    in.missing_words = split(missing_words_);
    analysis.correlation_index = correlation_;
    settle_lists();
    settle_compat();
    if (analysis.weights.drift && in.log_returns) refuse("--hold=drift needs simple returns");
    if (analysis.weights.drift && in.missing == finance::Missing::pairwise)
        refuse("--hold=drift needs rows without gaps; choose another --missing");
    if (!analysis.weights.holdings.empty() && !in.are_prices) refuse("--holdings needs prices");
    if ((follow || !state.empty()) && (!analysis.weights.holdings.empty() || in.missing == finance::Missing::pairwise ||
                                       in.order == finance::Order::descending))
        refuse("--follow and --state cannot be combined with --holdings, --missing=pairwise or --order=desc");
    if (width < 40 || width > 1000) refuse("--width is from 40 to 1000");
    if (digits < 2 || digits > 12) refuse("--digits is from 2 to 12");
}

void PortfolioOptions::settle_lists() {
    if (!levels_.empty()) {
        analysis.levels.clear();
        for (const std::string& one : split(levels_)) {
            const double level = number(one, "--var") / 100;
            if (!(level > 0.5 && level < 1)) refuse("--var: levels are above 50 and below 100");
            analysis.levels.push_back(level);
        }
    }
    settle_tail();
    if (!windows_.empty()) {
        analysis.windows.clear();
        for (const std::string& one : split(windows_)) {
            const auto window = text::to_uint64(one);
            if (!window || *window < 2 || *window > 1'000'000) refuse("--roll: windows are from 2 to 1000000 rows");
            analysis.windows.push_back(*window);
        }
    }
    settle_stress();
    if (block_ != "auto") {
        const auto block = text::to_uint64(block_);
        if (!block || *block < 1) refuse("--block is auto or a number of rows");
        analysis.block = *block;
    }
    analysis.solve = split(solve_);
    for (const std::string& one : analysis.solve)
        if (one != "minvar" && one != "erc" && one != "maxdiv" && one != "invvol")
            refuse("--solve: '" + one + "' is none of minvar, erc, maxdiv, invvol");
    if (!bounds_.empty()) {
        const std::size_t colon = bounds_.find(':');
        if (colon == std::string::npos) refuse("--bounds is LOW:HIGH");
        analysis.bounded = true;
        analysis.low = number(bounds_.substr(0, colon), "--bounds");
        analysis.high = number(bounds_.substr(colon + 1), "--bounds");
    }
    if (show_.empty()) return;
    finance::Parts& parts = analysis.parts;
    parts = {};
    parts.volatility = parts.contributions = parts.tail = parts.drawdown = parts.benchmark = parts.rolling =
        parts.audit = false;
    const std::pair<const char*, bool*> known[] = {{"vol", &parts.volatility},   {"contrib", &parts.contributions},
                                                   {"corr", &parts.correlation}, {"tail", &parts.tail},
                                                   {"dd", &parts.drawdown},      {"bench", &parts.benchmark},
                                                   {"roll", &parts.rolling},     {"audit", &parts.audit},
                                                   {"bets", &parts.bets},        {"comp", &parts.components}};
    for (const std::string& one : split(show_)) {
        if (one == "all") {
            for (const auto& [name, part] : known)
                *part = true;
        } else {
            *find(known, one, "--show: no part") = true;
        }
    }
}

void PortfolioOptions::settle_stress() {
    for (const std::string& one : split(stress_)) {
        analysis.stressed = true;
        const std::string value = one.substr(std::min(one.find('='), one.size() - 1) + 1);
        if (one.starts_with("corr=")) {
            analysis.stress_correlation = number(value, "--stress");
        } else if (one.starts_with("vol=")) {
            analysis.stress_factor = number(value, "--stress");
        } else {
            refuse("--stress: '" + one + "' is neither corr=K nor vol=M");
        }
    }
}

void PortfolioOptions::settle_tail() {
    if (tail_.empty()) return;
    finance::TailParts& tail = analysis.tail;
    tail = {false, false, false, false};
    for (const std::string& one : split(tail_)) {
        if (one != "hist" && one != "gauss" && one != "cf") refuse("--tail: '" + one + "' is none of hist, gauss, cf");
        tail.historical = tail.historical || one == "hist";
        tail.normal = tail.normal || one == "gauss";
        tail.fisher = tail.fisher_given = tail.fisher || one == "cf";
    }
}

void PortfolioOptions::settle_compat() {
    const std::pair<const char*, Estimator> known[] = {{"sample", Estimator::sample},
                                                       {"ewma", Estimator::sample},
                                                       {"lw", Estimator::lw},
                                                       {"lw-cc", Estimator::lw_cc},
                                                       {"lw-market", Estimator::lw_market},
                                                       {"lw-diag", Estimator::lw_diag},
                                                       {"lw-sklearn", Estimator::lw_sklearn},
                                                       {"oas", Estimator::oas},
                                                       {"oas-sklearn", Estimator::oas_sklearn},
                                                       {"qis", Estimator::qis},
                                                       {"denoise", Estimator::denoise},
                                                       {"semi", Estimator::semi}};
    analysis.by_ewma = cov_ == "ewma";
    if (!cov_.empty()) analysis.estimator = find(known, cov_, "--cov: no estimator");
    switch (analysis.compat) {
        case Compat::article:
            analysis.correlation_index = analysis.lead_zero = true;
            analysis.ddof = 0;
            break;
        case Compat::sklearn:
            if (ddof_ < 0) analysis.ddof = 0;
            if (analysis.estimator == Estimator::lw) analysis.estimator = Estimator::lw_sklearn;
            if (analysis.estimator == Estimator::oas) analysis.estimator = Estimator::oas_sklearn;
            break;
        case Compat::risk_metrics:
            analysis.by_ewma = analysis.by_ewma || cov_.empty();
            break;
        case Compat::pandas:
            if (analysis.input.missing == finance::Missing::drop) analysis.input.missing = finance::Missing::pairwise;
            break;
        default:
            break;
    }
    if (analysis.correlation_index && analysis.period != "auto" && analysis.period != "none")
        refuse("--matrix=correlation gives an index without a unit, which cannot be annualised");
}

}  // namespace bradawl::cli
