#include "finance/report_json.hpp"

#include <fmt/format.h>

#include "json/writer.hpp"

namespace bradawl::finance {

namespace {

using json::Writer;

void number(Writer& out, std::string_view key, double value) {
    out.key(key);
    out.number(value);
}

/// Left out where it is unknown.
void known(Writer& out, std::string_view key, double value) {
    if (!std::isnan(value)) number(out, key, value);
}

void text(Writer& out, std::string_view key, std::string_view value) {
    out.key(key);
    out.foreign_string(value);
}

template <class Integer>
void integer(Writer& out, std::string_view key, Integer value) {
    out.key(key);
    out.integer(value);
}

void span(Writer& out, std::string_view key, const Span& span, double factor) {
    out.key(key);
    out.begin_array();
    out.number(span.low * factor);
    out.number(span.high * factor);
    out.end_array();
}

template <class Numbers>
void numbers(Writer& out, std::string_view key, const Numbers& all) {
    out.key(key);
    out.begin_array();
    for (const auto value : all)
        out.number(static_cast<double>(value));
    out.end_array();
}

void audit(Writer& out, const Report& report) {
    const Audit& audit = report.audit;
    out.key("audit");
    out.begin_object();
    text(out, "input", audit.input);
    text(out, "kind", report.kind);
    text(out, "returns_kind", report.returns_kind);
    text(out, "weights", report.weights_why);
    text(out, "missing", report.missing);
    integer(out, "rows", audit.rows);
    integer(out, "returns", audit.returns);
    integer(out, "dropped", audit.dropped);
    integer(out, "filled", audit.filled);
    integer(out, "merged", audit.merged);
    text(out, "first", audit.first);
    text(out, "last", audit.last);
    number(out, "period", report.period);
    text(out, "period_why", report.period_why);
    numbers(out, "gaps", audit.gaps);
    numbers(out, "stale", audit.stale);
    integer(out, "jump_count", audit.jump_count);
    out.key("jumps");
    out.begin_array();
    for (const Audit::Jump& jump : audit.jumps) {
        out.begin_object();
        text(out, "label", jump.label);
        text(out, "asset", jump.asset);
        number(out, "change", jump.change);
        integer(out, "line", jump.line);
        out.end_object();
    }
    out.end_array();
    for (const auto& [key, all] : {std::pair{"assumptions", &audit.assumptions}, {"notes", &report.notes}}) {
        out.key(key);
        out.begin_array();
        for (const std::string& one : *all)
            out.foreign_string(one);
        out.end_array();
    }
    out.end_object();
}

void volatility(Writer& out, const Report& report) {
    out.key(report.is_index ? "correlation_index" : "vol");
    out.begin_object();
    number(out, "period", report.volatility);
    if (!report.is_index)
        number(out, "annual", std::isnan(report.period) ? unknown_value : report.volatility * report.year());
    text(out, "estimator", report.estimator);
    integer(out, "ddof", report.ddof);
    known(out, "intensity", report.intensity);
    known(out, "smallest_eigenvalue", report.smallest_eigenvalue);
    if (report.repaired) {
        out.key("repaired");
        out.boolean(true);
    }
    known(out, "naive_article", report.naive);
    if (report.is_index) return out.end_object();
    known(out, "se", report.standard_error);
    number(out, "confidence", report.confidence);
    const double year = report.year();
    if (report.chi_square) span(out, "chi2", *report.chi_square, 1);
    if (report.bootstrap) {
        span(out, "bootstrap", *report.bootstrap, 1);
        integer(out, "block", report.block);
        integer(out, "resamples", report.resamples);
        integer(out, "rng", report.seed);
    }
    const auto& best = report.bootstrap ? report.bootstrap : report.chi_square;
    if (best) span(out, "ci95", *best, year);
    known(out, "ewma", report.ewma);
    if (!std::isnan(report.ewma)) {
        known(out, "ewma_annual", report.ewma * year);
        number(out, "lambda", report.lambda);
    }
    known(out, "mean", report.mean);
    known(out, "skew", report.skewness);
    known(out, "kurtosis", report.kurtosis);
    out.end_object();
}

void asset_members(Writer& out, const AssetRisk& asset) {
    text(out, "name", asset.name);
    number(out, "weight", asset.weight);
    known(out, "mean", asset.mean);
    number(out, "vol", asset.volatility);
    number(out, "beta", asset.beta);
    number(out, "mcr", asset.marginal);
    number(out, "ccr", asset.component);
    number(out, "pcr", asset.share);
    known(out, "incremental", asset.incremental);
    known(out, "end_weight", asset.end_weight);
}

void tail(Writer& out, const TailRisk& tail) {
    out.begin_object();
    number(out, "level", tail.level);
    known(out, "hist_var", tail.historical);
    known(out, "hist_var_ordered", tail.historical_ordered);
    known(out, "hist_es", tail.historical_es);
    known(out, "hist_es_exact", tail.historical_es_exact);
    known(out, "gauss_var", tail.normal);
    known(out, "gauss_es", tail.normal_es);
    known(out, "cf_var", tail.cornish_fisher);
    known(out, "cf_es", tail.cornish_fisher_es);
    if (!tail.in_domain) {
        out.key("cf_in_domain");
        out.boolean(false);
    }
    if (!tail.normal_es_components.empty()) numbers(out, "gauss_component_es", tail.normal_es_components);
    if (!tail.historical_es_components.empty()) numbers(out, "hist_component_es", tail.historical_es_components);
    if (!tail.components.empty()) numbers(out, "gauss_component_var", tail.components);
    out.end_object();
}

void series_parts(Writer& out, const Report& report, const Parts& parts) {
    if (parts.tail && !report.tail.empty()) {
        out.key("tail");
        out.begin_array();
        for (const TailRisk& one : report.tail)
            tail(out, one);
        out.end_array();
    }
    if (parts.drawdown && report.drawdown) {
        out.key("drawdown");
        out.begin_object();
        number(out, "max", report.drawdown->worst);
        number(out, "current", report.drawdown->current);
        integer(out, "peak_row", report.drawdown->peak);
        integer(out, "trough_row", report.drawdown->trough);
        text(out, "peak", report.drawdown->peak_label);
        text(out, "trough", report.drawdown->trough_label);
        out.end_object();
    }
    if (parts.rolling && !report.rolling.empty()) {
        out.key("rolling");
        out.begin_array();
        for (const RollingRisk& one : report.rolling) {
            out.begin_object();
            integer(out, "window", one.window);
            number(out, "first", one.first * report.year());
            number(out, "last", one.last * report.year());
            number(out, "min", one.lowest * report.year());
            number(out, "max", one.highest * report.year());
            out.end_object();
        }
        out.end_array();
    }
    if (parts.benchmark && report.benchmark) {
        out.key("benchmark");
        out.begin_object();
        text(out, "name", report.benchmark->name);
        number(out, "beta", report.benchmark->beta);
        number(out, "correlation", report.benchmark->correlation);
        number(out, "tracking_error", report.benchmark->tracking_error);
        number(out, "tracking_error_annual", report.benchmark->tracking_error * report.year());
        number(out, "active_return", report.benchmark->active_return);
        out.end_object();
    }
}

void diversification(Writer& out, const Diversification& what) {
    out.key("diversification");
    out.begin_object();
    number(out, "ratio", what.ratio);
    known(out, "implied_correlation", what.implied_correlation);
    known(out, "mean_correlation", what.mean_correlation);
    known(out, "enb_torsion", what.bets_torsion);
    known(out, "enb_pca", what.bets_pca);
    known(out, "effective_weights", what.effective_weights);
    known(out, "effective_shares", what.effective_shares);
    out.end_object();
}

void matrix_parts(Writer& out, const Report& report, const Parts& parts) {
    if (parts.correlation && !report.correlation.empty()) {
        out.key("correlation");
        out.begin_array();
        for (const auto& row : report.correlation) {
            out.begin_array();
            for (const double value : row)
                out.number(value);
            out.end_array();
        }
        out.end_array();
    }
    if (report.stress) {
        out.key("stress");
        out.begin_object();
        number(out, "corr", report.stress->correlation);
        number(out, "vol_factor", report.stress->factor);
        number(out, "vol", report.stress->volatility);
        number(out, "vol_annual", report.stress->volatility * report.year());
        out.end_object();
    }
    if (!report.solutions.empty()) {
        out.key("solve");
        out.begin_array();
        for (const Solution& one : report.solutions) {
            out.begin_object();
            text(out, "rule", one.rule);
            number(out, "vol", one.volatility);
            numbers(out, "weights", one.weights);
            out.end_object();
        }
        out.end_array();
    }
}

}  // namespace

std::string to_json(const Report& report, const Parts& parts) {
    std::string json;
    Writer out(json);
    out.begin_object();
    integer(out, "schema", 1);
    if (parts.audit) audit(out, report);
    if (parts.volatility) volatility(out, report);
    if (parts.contributions) {
        out.key("assets");
        out.begin_array();
        for (const AssetRisk& asset : report.assets) {
            out.begin_object();
            asset_members(out, asset);
            out.end_object();
        }
        out.end_array();
        diversification(out, report.diversification);
    }
    matrix_parts(out, report, parts);
    series_parts(out, report, parts);
    out.end_object();
    return json;
}

std::string to_ndjson(const Report& report) {
    std::string json;
    Writer out(json);
    for (const AssetRisk& asset : report.assets) {
        out.begin_object();
        asset_members(out, asset);
        out.end_object();
        json += '\n';
    }
    return json;
}

namespace {

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"') quoted += c;
    }
    return quoted + '"';
}

std::string csv_number(double value) {
    return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

}  // namespace

std::string to_csv(const Report& report) {
    std::string csv = "name,weight,vol,beta,mcr,ccr,pcr\n";
    const auto line = [&](const std::string& name, std::initializer_list<double> values) {
        csv += csv_field(name);
        for (const double value : values)
            csv += "," + csv_number(value);
        csv += '\n';
    };
    double weights = 0;
    for (const AssetRisk& one : report.assets) {
        line(one.name, {one.weight, one.volatility, one.beta, one.marginal, one.component, one.share});
        weights += one.weight;
    }
    line("portfolio", {weights, report.volatility, 1, report.volatility, report.volatility, 1});
    return csv;
}

}  // namespace bradawl::finance
