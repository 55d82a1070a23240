#include "finance/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "text/printable.hpp"
#include "text/xml.hpp"

namespace bradawl::finance {

namespace {

constexpr double width = 760;
constexpr double margin = 24;
constexpr double names = 150;
constexpr double row_height = 26;
constexpr double chart_height = 220;
constexpr std::size_t most_bars = 30;

std::string label(double x, double y, const std::string& text, const char* anchor = "start", const char* more = "") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y, anchor, more,
                       text::to_xml(text));
}

std::string percent(double part) {
    return fmt::format("{:.2f} %", part * 100);
}

std::string bars(const Report& report, double top, double& bottom) {
    std::vector<std::size_t> order(report.assets.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return report.assets[a].share > report.assets[b].share; });
    order.resize(std::min(order.size(), most_bars));
    double largest = 1e-9;
    double least = 0;
    for (const std::size_t at : order) {
        largest = std::max(largest, report.assets[at].share);
        least = std::min(least, report.assets[at].share);
    }
    const double room = width - 2 * margin - names - 80;
    const double scale = room / (largest - least);
    const double zero = margin + names - least * scale;
    std::string svg = label(margin, top, "Share of risk", "start", " class=\"head\"");
    double y = top + 14;
    for (const std::size_t at : order) {
        const AssetRisk& one = report.assets[at];
        const double length = one.share * scale;
        svg += label(margin + names - 8, y + 16, text::printable(one.name, 22), "end");
        if (!std::isnan(length))
            svg += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"18\" class=\"{}\"/>\n",
                               std::min(zero, zero + length), y + 2, std::fabs(length), length < 0 ? "less" : "bar");
        svg += label(std::max(zero, zero + length) + 6, y + 16, percent(one.share));
        y += row_height;
    }
    bottom = y;
    return svg;
}

/// The least of 1, 2, 5 and 10 times a power of ten that is not below `least`, for the lines of an axis.
double round_step(double least) {
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least) return factor * power;
    return 10 * power;
}

std::string rolling(const Report& report, double top) {
    const RollingRisk& one = report.rolling.front();
    const double year = report.year();
    const double left = margin + 56;
    const double right = width - margin;
    const double base = top + 18 + chart_height;
    const double distance = round_step(one.highest * year / 5);
    const int steps = static_cast<int>(std::ceil(one.highest * year / distance));
    const double high = distance * steps;
    std::string svg =
        label(margin, top,
              fmt::format("Volatility of {} rows, rolling{}", one.window, std::isnan(report.period) ? "" : ", a year"),
              "start", " class=\"head\"");
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(distance * 100) - 1e-9)));
    for (int step = 0; step <= steps; ++step) {
        const double value = distance * step;
        const double y = base - chart_height * step / steps;
        svg += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"grid\"/>\n", left, y,
                           right, y);
        svg += label(left - 6, y + 4, fmt::format("{:.{}f} %", value * 100, decimals), "end");
    }
    std::string points;
    const auto last = static_cast<double>(std::max<std::size_t>(one.samples.size() - 1, 1));
    for (std::size_t at = 0; at < one.samples.size(); ++at)
        points += fmt::format("{:.1f},{:.1f} ", left + (right - left) * static_cast<double>(at) / last,
                              base - chart_height * (one.samples[at] * year / high));
    svg += "<polyline points=\"" + points + "\" class=\"line\"/>\n";
    svg += label(left, base + 18, text::printable(report.audit.first, 30));
    svg += label(right, base + 18, text::printable(report.audit.last, 30), "end");
    return svg;
}

}  // namespace

std::string to_svg(const Report& report) {
    double y = margin + 26;
    const std::string title =
        report.is_index ? "Correlation index of the portfolio"
                        : fmt::format("Portfolio volatility {} {}", percent(report.volatility * report.year()),
                                      std::isnan(report.period) ? "a period" : "a year");
    std::string body = label(margin, margin + 8, title, "start", " class=\"title\"");
    body += bars(report, y + 14, y);
    // What no axis can be drawn for is left out: an overflow, or next to nothing.
    const double highest = report.rolling.empty() ? 0 : report.rolling.front().highest * report.year();
    const bool has_rolling = highest > 1e-290 && highest < 1e290 && report.rolling.front().samples.size() > 1;
    if (has_rolling) body += rolling(report, y + 30);
    const double height = y + margin + (has_rolling ? 30 + 18 + chart_height + 24 : 0);
    return fmt::format(
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
               "height=\"{1:.0f}\" role=\"img\">\n<title>{2}</title>\n"
               "<style>text{{font:13px sans-serif;fill:#222}}.title{{font:bold 17px sans-serif}}"
               ".head{{font:bold 13px sans-serif}}.bar{{fill:#3567a8}}.less{{fill:#b0483a}}"
               ".grid{{stroke:#ddd}}.line{{fill:none;stroke:#3567a8;stroke-width:1.5}}</style>\n"
               "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
               width, height, text::to_xml(title)) +
           body + "</svg>\n";
}

}  // namespace bradawl::finance
