#include "learn/curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "text/xml.hpp"

namespace bradawl::learn {

namespace {

constexpr double width = 760;
constexpr double left = 64;
constexpr double right = 24;
constexpr double room = width - left - right;
constexpr double chart_height = 210;
constexpr double distance = 60;  // from a chart to the next
constexpr double top = 64;
constexpr std::size_t most_points = 800;  // of a line; more cannot be seen

/// A round step that gives about five lines between `least` and `most`.
double round_step(double least, double most) {
    const double raw = std::max(most - least, 1e-12) / 5;
    const double unit = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (raw <= unit * factor) return unit * factor;
    return unit * 10;
}

/// One chart: its scale of values and where it stands.
class Chart {
public:
    Chart(double y, std::size_t points) : y_(y), points_(points) {}

    void see(double value) {
        if (!std::isfinite(value)) return;
        least_ = std::min(least_, value);
        most_ = std::max(most_, value);
    }

    double x_of(std::size_t at) const {
        return left + room * (points_ < 2 ? 0.5 : static_cast<double>(at) / static_cast<double>(points_ - 1));
    }

    double y_of(double value) const {
        const double spread = std::max(most_ - least_, 1e-12);
        return y_ + chart_height * (1 - (value - least_) / spread);
    }

    std::string grid(const char* name) const {
        std::string svg = fmt::format("<text x=\"{}\" y=\"{}\" class=\"head\">{}</text>\n", left, y_ - 10, name);
        if (most_ < least_) return svg;
        const double step = round_step(least_, most_);
        for (double value = std::ceil(least_ / step) * step; value <= most_ + step * 1e-6; value += step)
            svg += fmt::format(
                "<line x1=\"{}\" y1=\"{:.1f}\" x2=\"{}\" y2=\"{:.1f}\" class=\"grid\"/>\n"
                "<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{:.4g}</text>\n",
                left, y_of(value), left + room, y_of(value), left - 8, y_of(value) + 4,
                std::abs(value) < step * 1e-6 ? 0 : value);
        const double epochs = std::max(1.0, round_step(0, static_cast<double>(points_)));
        for (double epoch = epochs; epoch <= static_cast<double>(points_); epoch += epochs)
            svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{:.0f}</text>\n",
                               x_of(static_cast<std::size_t>(epoch) - 1), y_ + chart_height + 18, epoch);
        return svg;
    }

    template <class Value>
    std::string line(const char* style, Value value) const {
        const std::size_t stride = std::max<std::size_t>(1, points_ / most_points);
        std::string svg = fmt::format("<polyline class=\"{}\" points=\"", style);
        for (std::size_t at = 0; at < points_; at += stride)
            if (std::isfinite(value(at))) svg += fmt::format("{:.1f},{:.1f} ", x_of(at), y_of(value(at)));
        return svg + "\"/>\n";
    }

    std::string mark(std::size_t at) const {
        return fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" class=\"best\"/>\n", x_of(at), y_,
                           y_ + chart_height);
    }

private:
    double y_;
    std::size_t points_;
    double least_ = std::numeric_limits<double>::infinity();
    double most_ = -std::numeric_limits<double>::infinity();
};

constexpr const char* style =
    "<style>text{font:13px sans-serif;fill:#333}.head{font-weight:bold}.grid{stroke:#ddd}"
    "polyline{fill:none;stroke-width:1.8}.train{stroke:#8a8a8a}.valid{stroke:#2266aa}"
    ".best{stroke:#c0392b;stroke-dasharray:4 3}</style>\n";

}  // namespace

void Curve::add(const EpochRecord& record) {
    if (record.epoch == 1) points_.clear();  // another start
    watched_ = record.valid.rows > 0;
    if (record.best) best_ = points_.size();
    if (classification_) {
        points_.push_back({record.train.nll, record.valid.nll, record.train.misclass, record.valid.misclass});
    } else {
        points_.push_back({record.train.rmse, record.valid.rmse, 1 - record.train.r2, 1 - record.valid.r2});
    }
}

std::string Curve::to_svg(const std::string& title) const {
    Chart loss(top, points_.size());
    Chart error(top + chart_height + distance, points_.size());
    for (const Point& point : points_) {
        loss.see(point.train);
        error.see(point.train_error);
        if (!watched_) continue;
        loss.see(point.valid);
        error.see(point.valid_error);
    }
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\">\n{2}"
        "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text x=\"{3}\" y=\"24\" class=\"head\">{4}</text>\n",
        width, top + 2 * chart_height + distance + 48, style, left, text::to_xml(title));
    svg += fmt::format(
        "<text x=\"{0}\" y=\"24\" text-anchor=\"end\"><tspan fill=\"#8a8a8a\">learnt from</tspan>{1}"
        "<tspan fill=\"#c0392b\" dx=\"14\">best: epoch {2}</tspan></text>\n",
        width - right, watched_ ? "<tspan fill=\"#2266aa\" dx=\"14\">watched</tspan>" : "", best_ + 1);
    const auto draw = [&](const Chart& chart, const char* name, double Point::*train, double Point::*valid) {
        svg += chart.grid(name);
        if (points_.empty()) return;
        svg += chart.mark(best_) + chart.line("train", [&](std::size_t at) { return points_[at].*train; });
        if (watched_) svg += chart.line("valid", [&](std::size_t at) { return points_[at].*valid; });
    };
    draw(loss, classification_ ? "nll by epoch" : "rmse by epoch", &Point::train, &Point::valid);
    draw(error, classification_ ? "part that is wrong" : "variance not explained", &Point::train_error,
         &Point::valid_error);
    return svg + "</svg>\n";
}

}  // namespace bradawl::learn
