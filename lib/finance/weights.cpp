#include "finance/weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/error.hpp"
#include "csv/fields.hpp"
#include "io/input.hpp"
#include "json/check.hpp"
#include "json/cursor.hpp"
#include "json/unescape.hpp"
#include "text/nearest.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::finance {

namespace {

using Named = std::vector<std::pair<std::string, double>>;

constexpr double tolerance = 1e-9;  // of a sum of weights
constexpr const char* cash = "CASH";

/// `0.5` or `50%`.
std::optional<double> share(std::string_view text) {
    const bool percent = text.ends_with('%');
    if (percent) text.remove_suffix(1);
    const auto value = text::to_double(text);
    return value && percent ? *value / 100 : value;
}

void add(Named& all, const std::string& name, const std::string& number) {
    const auto value = share(number);
    if (name.empty() || !value)
        throw Error(Fault::usage,
                    fmt::format("'{}={}' is not ASSET=NUMBER", text::printable(name), text::printable(number)));
    for (const auto& [known, unused] : all)
        if (known == name) throw Error(Fault::usage, fmt::format("'{}' stands twice", text::printable(name)));
    all.emplace_back(name, *value);
}

/// `A=.5,B=.5`: the last `=` of each part, as names may have one.
Named read_list(const std::string& list, const std::string& option) {
    Named all;
    try {
        for (const std::string& part : csv::split(list, ',')) {
            if (part.empty()) continue;
            const std::size_t equals = part.rfind('=');
            if (equals == std::string::npos)
                throw Error(Fault::usage, fmt::format("'{}' is not ASSET=NUMBER", text::printable(part)));
            add(all, part.substr(0, equals), part.substr(equals + 1));
        }
    } catch (const Error& error) {
        throw Error(Fault::usage, option + ": " + error.text());
    }
    return all;
}

/// `{"A":0.5,"B":0.5}`.
Named read_object(const std::string& document, const std::string& path) {
    if (const auto problem = json::check(document))
        throw Error(Fault::data, fmt::format("{}: byte {}: {}", path, problem->offset, problem->what));
    Named all;
    json::Cursor cursor(document);
    cursor.members([&](json::Cursor::Raw key) {
        std::string name;
        json::unescape(key.inside, name, json::LoneSurrogate::replace);
        try {
            add(all, name, std::string(cursor.value()));
        } catch (const Error& error) {
            throw Error(Fault::data, path + ": " + error.text());
        }
    });
    return all;
}

/// A file with a line an asset: `A,0.5`, `A=0.5` or `A 0.5`; a first line without a number is a header.
Named read_lines(const std::string& document, const std::string& path) {
    Named all;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < document.size();) {
        const std::size_t end = std::min(document.find('\n', begin), document.size());
        std::string line = document.substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.find_first_not_of(" \t") == std::string::npos || line[0] == '#') continue;
        const char separator = line.find('\t') != std::string::npos  ? '\t'
                               : line.find(';') != std::string::npos ? ';'
                               : line.find(',') != std::string::npos ? ','
                               : line.find('=') != std::string::npos ? '='
                                                                     : ' ';
        const std::string where = fmt::format("{}:{}", path, number);
        try {
            std::vector<std::string> fields = csv::split(line, separator);
            if (separator == ' ') std::erase(fields, "");
            if (fields.size() < 2) throw Error(Fault::data, "needs an asset and a weight");
            if (all.empty() && number == 1 && !share(fields[1])) continue;
            add(all, fields[0], fields[1]);
        } catch (const Error& error) {
            throw Error(Fault::data, where + ": " + error.text());
        }
    }
    return all;
}

Named read_file(const std::string& path) {
    const std::string document = io::read_document(path);
    const std::size_t first = document.find_first_not_of(" \t\r\n");
    const bool is_object = first != std::string::npos && document[first] == '{';
    Named all = is_object ? read_object(document, path) : read_lines(document, path);
    if (all.empty()) throw Error(Fault::data, path + ": no weights");
    return all;
}

std::string listed(const Named& all) {
    std::string text;
    for (std::size_t at = 0; at < all.size() && at < 6; ++at)
        text += fmt::format("{}{} {}", at == 0 ? "" : ", ", text::printable(all[at].first), all[at].second);
    return text + (all.size() > 6 ? ", ..." : "");
}

void check_sum(Named& all, bool normalize) {
    double sum = 0;
    for (const auto& [name, value] : all)
        sum += value;
    if (normalize) {
        if (std::fabs(sum) < tolerance) throw Error(Fault::data, "weights sum to 0, so they cannot be normalized");
        for (auto& [name, value] : all) {
            value /= sum;
            if (!std::isfinite(sum) || !std::isfinite(value))
                throw Error(Fault::data, "weights are too large to be normalized");
        }
        return;
    }
    if (std::fabs(sum - 1) <= tolerance) return;
    const bool has_cash = std::any_of(all.begin(), all.end(), [](const auto& one) { return one.first == cash; });
    throw Error(Fault::data, fmt::format("weights sum to {:.6g} ({}); use --normalize{}", sum, listed(all),
                                         has_cash ? std::string() : fmt::format(", or add {}={:.6g}", cash, 1 - sum)));
}

}  // namespace

Weights resolve_weights(const WeightOptions& options, const std::vector<std::string>& names,
                        const std::string& benchmark) {
    Weights made;
    made.are_shares = !options.holdings.empty();
    if (made.are_shares && !options.weights.empty())
        throw Error(Fault::usage, "--weights and --holdings exclude each other");
    const std::string& given = made.are_shares ? options.holdings : options.weights;
    if (given.empty() || given == "equal") {
        for (std::size_t column = 0; column < names.size(); ++column)
            if (names[column] != benchmark) made.columns.push_back(column);
        if (made.columns.empty()) throw Error(Fault::data, "no asset beside the benchmark");
        made.values.assign(made.columns.size(), 1.0 / static_cast<double>(made.columns.size()));
        made.why = "equal";
        made.assumed = given.empty();
        return made;
    }
    const char* const option = made.are_shares ? "--holdings" : "--weights";
    Named all = given[0] == '@' ? read_file(given.substr(1)) : read_list(given, option);
    if (!made.are_shares) check_sum(all, options.normalize);
    for (const auto& [name, value] : all) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
            if (name == cash && !made.are_shares) continue;
            const std::string near = text::nearest(name, names);
            throw Error(Fault::data, fmt::format("{}: no asset '{}' in the input{}", option, text::printable(name),
                                                 near.empty() ? "" : " (did you mean '" + near + "'?)"));
        }
        const auto column = static_cast<std::size_t>(found - names.begin());
        const auto place = std::lower_bound(made.columns.begin(), made.columns.end(), column);
        made.values.insert(made.values.begin() + (place - made.columns.begin()), value);
        made.columns.insert(place, column);
    }
    if (made.columns.empty()) throw Error(Fault::data, "no asset has a weight");
    made.why = options.normalize ? "given, normalized" : "given";
    return made;
}

}  // namespace bradawl::finance
