#include "finance/report_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/error.hpp"
#include "json/check.hpp"
#include "json/cursor.hpp"
#include "json/number.hpp"
#include "json/unescape.hpp"
#include "json/writer.hpp"
#include "text/printable.hpp"

namespace bradawl::finance {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

struct Part {
    double weight = 0;
    double marginal = 0;
};

struct Stored {
    double period = unknown;
    double annual = unknown;
    std::map<std::string, Part> assets;
};

double number(json::Cursor& cursor) {
    const std::string_view value = cursor.value();
    const char first = value.empty() ? ' ' : value.front();
    return first == '-' || (first >= '0' && first <= '9') ? json::to_double(value).value : unknown;
}

void read_assets(json::Cursor& cursor, Stored& stored) {
    if (!cursor.take('[') || cursor.take(']')) return;
    do {
        std::string name;
        Part part;
        cursor.members([&](json::Cursor::Raw raw) {
            const std::string_view key = raw.inside;
            if (key == "name" && cursor.peek() == '"') {
                json::unescape(cursor.string().inside, name, json::LoneSurrogate::replace);
            } else if (key == "weight") {
                part.weight = number(cursor);
            } else if (key == "mcr") {
                part.marginal = number(cursor);
            } else {
                cursor.value();
            }
        });
        stored.assets[name] = part;
    } while (cursor.take(','));
    cursor.take(']');
}

Stored read_report(const std::string& text, const std::string& name) {
    if (const auto problem = json::check(text))
        throw Error(Fault::data, fmt::format("{}: byte {}: {}", name, problem->offset, problem->what));
    Stored stored;
    json::Cursor cursor(text);
    if (cursor.peek() != '{') throw Error(Fault::data, name + ": not a report of portvol -o json");
    cursor.members([&](json::Cursor::Raw raw) {
        const std::string_view key = raw.inside;
        if (key == "vol" && cursor.peek() == '{') {
            cursor.members([&](json::Cursor::Raw member) {
                const std::string_view inner = member.inside;
                if (inner == "period") {
                    stored.period = number(cursor);
                } else if (inner == "annual") {
                    stored.annual = number(cursor);
                } else {
                    cursor.value();
                }
            });
        } else if (key == "assets") {
            read_assets(cursor, stored);
        } else {
            cursor.value();
        }
    });
    if (std::isnan(stored.period) || stored.assets.empty())
        throw Error(Fault::data, name + ": not a report of portvol -o json with a volatility and assets");
    return stored;
}

}  // namespace

ReportDiff diff_reports(const std::string& before, const std::string& after, const std::string& before_name,
                        const std::string& after_name) {
    const Stored a = read_report(before, before_name);
    const Stored b = read_report(after, after_name);
    ReportDiff diff;
    diff.annual = !std::isnan(a.annual) && !std::isnan(b.annual);
    const double a_year = diff.annual ? a.annual / a.period : 1;
    const double b_year = diff.annual ? b.annual / b.period : 1;
    diff.before = a.period * a_year;
    diff.after = b.period * b_year;
    std::map<std::string, std::pair<Part, Part>> both;
    for (const auto& [name, part] : a.assets)
        both[name].first = {part.weight, part.marginal * a_year};
    for (const auto& [name, part] : b.assets)
        both[name].second = {part.weight, part.marginal * b_year};
    for (const auto& [name, parts] : both) {
        auto [one, other] = parts;
        // One that is not there has no weight, and the marginal risk that it has where it is.
        if (!a.assets.contains(name)) one.marginal = other.marginal;
        if (!b.assets.contains(name)) other.marginal = one.marginal;
        ContributionChange change{name, one.weight * one.marginal, other.weight * other.marginal, 0, 0};
        change.by_weight = (other.weight - one.weight) * (one.marginal + other.marginal) / 2;
        change.by_risk = (one.weight + other.weight) / 2 * (other.marginal - one.marginal);
        diff.assets.push_back(std::move(change));
    }
    std::stable_sort(diff.assets.begin(), diff.assets.end(), [](const auto& x, const auto& y) {
        return std::fabs(x.after - x.before) > std::fabs(y.after - y.before);
    });
    return diff;
}

std::string diff_table(const ReportDiff& diff, bool percent, int digits) {
    const auto part = [&](double value, bool sign) {
        const double shown = percent ? value * 100 : value;
        const int decimals = percent ? std::max(0, digits - 2) : digits;
        return sign ? fmt::format("{:+.{}f}", shown, decimals) : fmt::format("{:.{}f}", shown, decimals);
    };
    const char* const unit = percent ? " %" : "";
    std::string out =
        fmt::format(" volatility {}{} to {}{} {}: {}{}\n\n", part(diff.before, false), unit, part(diff.after, false),
                    unit, diff.annual ? "a year" : "a period", part(diff.after - diff.before, true), unit);
    std::size_t width = 5;
    for (const ContributionChange& one : diff.assets)
        width = std::max(width, std::min<std::size_t>(20, text::printable(one.name).size()));
    out += fmt::format(" {:<{}}{:>11}{:>11}{:>11}{:>13}{:>11}\n", "asset", width, "before", "after", "change",
                       "by weight", "by risk");
    for (const ContributionChange& one : diff.assets)
        out += fmt::format(" {:<{}}{:>11}{:>11}{:>11}{:>13}{:>11}\n", text::printable(one.name, 20), width,
                           part(one.before, false), part(one.after, false), part(one.after - one.before, true),
                           part(one.by_weight, true), part(one.by_risk, true));
    return out;
}

std::string diff_json(const ReportDiff& diff) {
    std::string text;
    json::Writer out(text);
    const auto number = [&](std::string_view key, double value) {
        out.key(key);
        out.number(value);
    };
    out.begin_object();
    number("before", diff.before);
    number("after", diff.after);
    number("change", diff.after - diff.before);
    out.key("annual");
    out.boolean(diff.annual);
    out.key("assets");
    out.begin_array();
    for (const ContributionChange& one : diff.assets) {
        out.begin_object();
        out.key("name");
        out.foreign_string(one.name);
        number("before", one.before);
        number("after", one.after);
        number("change", one.after - one.before);
        number("by_weight", one.by_weight);
        number("by_risk", one.by_risk);
        out.end_object();
    }
    out.end_array();
    out.end_object();
    return text + "\n";
}

}  // namespace bradawl::finance
