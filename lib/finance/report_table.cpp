#include "finance/report_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "text/printable.hpp"

namespace bradawl::finance {

namespace {

constexpr std::size_t most_assets = 40;     // shown one by one
constexpr std::size_t largest_assets = 25;  // of more
constexpr std::size_t longest_name = 16;

/// `most` of the values, evenly spaced, the last one among them.
std::vector<double> thinned(const std::vector<double>& values, std::size_t most) {
    if (values.size() <= most) return values;
    std::vector<double> some(most);
    for (std::size_t at = 0; at < most; ++at)
        some[at] = values[(at + 1) * values.size() / most - 1];
    return some;
}

class Table {
public:
    Table(const Report& report, const Parts& parts, const TableLook& look)
        : report_(report), parts_(parts), look_(look), year_(report.year()) {}

    std::string text() {
        if (parts_.volatility) volatility();
        if (parts_.contributions) assets();
        if (parts_.correlation) correlation();
        risks();
        for (const Solution& one : report_.solutions)
            solution(one);
        if (parts_.audit) audit();
        return out_;
    }

private:
    /// A part of 1, or a volatility, as percent or plain.
    std::string part(double value, int digits) const {
        if (std::isnan(value)) return "-";
        const double least = 0.5 * std::pow(10.0, -digits);
        if (std::fabs(value) < least) value = 0;  // no minus in front of zeros
        if (look_.percent) return fmt::format("{:.{}f}", value * 100, std::max(0, digits - 2));
        return fmt::format("{:.{}f}", value, digits);
    }
    std::string unit() const { return look_.percent ? " %" : ""; }
    std::string part(double value) const { return part(value, look_.digits) + (std::isnan(value) ? "" : unit()); }
    std::string of_period() const { return std::isnan(report_.period) ? "a period" : "a year"; }

    void line(const std::string& label, const std::string& text) { out_ += fmt::format(" {:<22}{}\n", label, text); }

    void volatility() {
        if (report_.is_index) {
            line("correlation index", fmt::format("{:.6g}", report_.volatility));
            line("", "unitless, and not a volatility");
            if (!std::isnan(report_.naive)) line("naive_article", fmt::format("{:.6g}", report_.naive));
            return;
        }
        std::string text = part(report_.volatility * year_) + " " + of_period();
        if (year_ != 1) text += fmt::format("  ({}{} a period)", part(report_.volatility, look_.digits + 1), unit());
        line("portfolio volatility", text);
        interval();
        if (!std::isnan(report_.ewma))
            line(fmt::format("now, EWMA {}", report_.lambda), part(report_.ewma * year_) + " " + of_period());
        const Diversification& what = report_.diversification;
        text = std::isnan(what.ratio) ? "-" : fmt::format("{:.4g}", what.ratio);
        if (!std::isnan(what.bets_torsion))
            text += fmt::format("  effective bets {:.2f} of {}", what.bets_torsion, report_.assets.size());
        if (!std::isnan(what.mean_correlation)) text += fmt::format("  mean correlation {:.2f}", what.mean_correlation);
        line("diversification ratio", text);
        if (report_.estimator != "sample")
            line("estimator", report_.estimator + (std::isnan(report_.intensity)
                                                       ? std::string()
                                                       : fmt::format(", intensity {:.4g}", report_.intensity)));
    }

    void interval() {
        const auto span = [&](const Span& one) {
            return part(one.low * year_, look_.digits) + " .. " + part(one.high * year_, look_.digits) + unit();
        };
        const std::string label = fmt::format("{:.4g} % interval", report_.confidence * 100);
        if (report_.bootstrap) {
            line(label, fmt::format("{}  (bootstrap, blocks of {})", span(*report_.bootstrap), report_.block));
        } else if (report_.chi_square) {
            line(label, span(*report_.chi_square) + "  (chi-square: as if normal)");
        }
    }

    void assets() {
        std::vector<std::size_t> shown(report_.assets.size());
        std::iota(shown.begin(), shown.end(), 0);
        const bool some = shown.size() > most_assets;
        if (some) {
            std::stable_sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) {
                return std::fabs(report_.assets[a].share) > std::fabs(report_.assets[b].share);
            });
            shown.resize(largest_assets);
        }
        std::size_t name = 5;
        for (const std::size_t at : shown)
            name = std::max(name, std::min(longest_name, text::printable(report_.assets[at].name).size()));
        out_ += fmt::format("\n {:<{}}{:>10}{:>10}{:>8}{:>10}{:>12}   {}\n", "asset", name, "weight", "vol", "beta",
                            "marginal", "contributes", "share of risk");
        const std::size_t used = 1 + name + 10 + 10 + 8 + 10 + 12 + 11;
        const std::size_t cells = look_.width > used + 5 ? look_.width - used - 1 : 4;
        double largest = 1e-300;
        for (const std::size_t at : shown)
            largest = std::max(largest, std::fabs(report_.assets[at].share));
        for (const std::size_t at : shown) {
            const AssetRisk& one = report_.assets[at];
            std::string label = text::printable(one.name);
            if (label.size() > longest_name) label = label.substr(0, longest_name - 1) + "~";
            out_ +=
                fmt::format(" {:<{}}{:>10}{:>10}{:>8}{:>10}{:>12}{:>10}", label, name, part(one.weight),
                            part(one.volatility * year_), std::isnan(one.beta) ? "-" : fmt::format("{:.3f}", one.beta),
                            part(one.marginal * year_), part(one.component * year_), part(one.share));
            const std::string picture = bar(one.share / largest, cells, look_.ascii);
            out_ += picture.empty() ? "\n" : " " + picture + "\n";
        }
        if (some) rest(shown, name);
        out_ += '\n';
    }

    void rest(const std::vector<std::size_t>& shown, std::size_t name) {
        AssetRisk all;
        all.component = all.share = 0;
        for (const AssetRisk& one : report_.assets) {
            all.weight += one.weight;
            all.component += one.component;
            all.share += one.share;
        }
        for (const std::size_t at : shown) {
            all.weight -= report_.assets[at].weight;
            all.component -= report_.assets[at].component;
            all.share -= report_.assets[at].share;
        }
        out_ += fmt::format(" {:<{}}{:>10}{:>28}{:>12}{:>10}\n",
                            fmt::format("{} more", report_.assets.size() - shown.size()), name, part(all.weight), "",
                            part(all.component * year_), part(all.share));
    }

    void correlation() {
        if (report_.correlation.empty()) return;
        const std::size_t n = report_.assets.size();
        const auto name = [&](std::size_t at, std::size_t most) {
            return text::printable(report_.assets[at].name).substr(0, most);
        };
        out_ += fmt::format(" {:<{}}", "correlation", longest_name);
        for (std::size_t at = 0; at < n; ++at)
            out_ += fmt::format("{:>8}", name(at, 7));
        out_ += '\n';
        for (std::size_t row = 0; row < n; ++row) {
            out_ += fmt::format(" {:<{}}", name(row, longest_name), longest_name);
            for (std::size_t column = 0; column < n; ++column)
                out_ += fmt::format("{:>8.3f}", report_.correlation[row][column]);
            out_ += '\n';
        }
        out_ += '\n';
    }

    void risks() {
        if (parts_.rolling)
            for (const RollingRisk& one : report_.rolling)
                line(fmt::format("rolling {}", one.window),
                     fmt::format("{} {} .. {}, last {}",
                                 sparkline(thinned(one.samples, look_.width > 70 ? look_.width - 55 : 15), look_.ascii),
                                 part(one.lowest * year_, look_.digits), part(one.highest * year_, look_.digits),
                                 part(one.last * year_)));
        if (parts_.tail)
            for (const TailRisk& one : report_.tail)
                tail(one);
        if (parts_.drawdown && report_.drawdown) {
            const DrawdownRisk& one = *report_.drawdown;
            line("worst drawdown", fmt::format("{}  (row {} to {})", part(one.worst), one.peak, one.trough));
        }
        if (parts_.benchmark && report_.benchmark) {
            const BenchmarkRisk& one = *report_.benchmark;
            line("against " + text::printable(one.name, 14),
                 fmt::format("beta {:.4g}, correlation {:.4g}, tracking error {} {}", one.beta, one.correlation,
                             part(one.tracking_error * year_), of_period()));
        }
        if (report_.stress)
            line("stressed", fmt::format("{} {}  (correlations {:+.0f} % of the way to 1, vol x {:.4g})",
                                         part(report_.stress->volatility * year_), of_period(),
                                         report_.stress->correlation * 100, report_.stress->factor));
    }

    void tail(const TailRisk& one) {
        const int digits = look_.digits;
        std::string text = "VaR";
        if (!std::isnan(one.historical)) text += " " + part(one.historical, digits) + " hist";
        if (!std::isnan(one.normal)) text += "  " + part(one.normal, digits) + " normal";
        if (!std::isnan(one.cornish_fisher)) text += "  " + part(one.cornish_fisher, digits) + " CF";
        if (!one.in_domain) text += "  CF outside its domain";
        if (!std::isnan(one.historical_es)) text += "   ES " + part(one.historical_es) + " hist";
        line(fmt::format("one period, {:.4g} %", one.level * 100), text);
    }

    void solution(const Solution& one) {
        std::string text = fmt::format("{} {}: ", part(one.volatility * year_), of_period());
        for (std::size_t at = 0; at < one.weights.size() && at < 8; ++at)
            text += fmt::format("{}{} {}", at == 0 ? "" : ", ", text::printable(report_.assets[at].name, longest_name),
                                part(one.weights[at], look_.digits));
        if (one.weights.size() > 8) text += ", ...";
        line(one.rule, text);
    }

    void audit() {
        const Audit& audit = report_.audit;
        const auto gaps = std::accumulate(audit.gaps.begin(), audit.gaps.end(), std::uint64_t{0});
        std::string jumps = audit.jump_count == 0 ? "no jumps" : fmt::format("{} jumps", audit.jump_count);
        out_ += fmt::format(" read {} rows, used {} returns, {} dropped, {} gaps, {}\n", audit.rows, audit.returns,
                            audit.dropped, gaps, jumps);
        if (!audit.first.empty())
            out_ += fmt::format(" from {} to {}\n", text::printable(audit.first, 30), text::printable(audit.last, 30));
        if (!report_.is_index)
            out_ += std::isnan(report_.period)
                        ? fmt::format(" nothing is annualised ({})\n", report_.period_why)
                        : fmt::format(" {:.6g} periods a year ({})\n", report_.period, report_.period_why);
        for (const std::string& one : audit.assumptions)
            out_ += " assumed: " + text::printable(one, 200) + "\n";
        for (const std::string& one : report_.notes)
            out_ += " note: " + text::printable(one, 200) + "\n";
    }

    const Report& report_;
    const Parts& parts_;
    const TableLook& look_;
    double year_;
    std::string out_;
};

}  // namespace

std::string sparkline(const std::vector<double>& values, bool ascii) {
    if (values.empty()) return "";
    constexpr std::array<const char*, 8> blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    constexpr std::string_view marks = "_.,-=+*#";
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double range = *high - *low;
    std::string line;
    for (const double value : values) {
        const auto height = static_cast<std::size_t>(range > 0 ? std::min(7.0, (value - *low) / range * 8) : 0);
        if (ascii) {
            line += marks[height];
        } else {
            line += blocks[height];
        }
    }
    return line;
}

std::string bar(double part, std::size_t cells, bool ascii) {
    if (!(part > 0)) return "";
    constexpr std::array<const char*, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const double whole = std::min(part, 1.0) * static_cast<double>(cells);
    const auto full = static_cast<std::size_t>(whole);
    std::string line;
    if (ascii) return std::string(static_cast<std::size_t>(std::lround(whole)), '#');
    for (std::size_t at = 0; at < full; ++at)
        line += "█";
    return line + eighths[static_cast<std::size_t>((whole - static_cast<double>(full)) * 8)];
}

std::string to_table(const Report& report, const Parts& parts, const TableLook& look) {
    return Table(report, parts, look).text();
}

}  // namespace bradawl::finance
