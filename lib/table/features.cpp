#include "table/features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"

namespace bradawl::table {

namespace {

/// The numbers of these rows that are there.
std::vector<double> present(const Column& column, std::span<const std::uint32_t> rows) {
    std::vector<double> values;
    for (const std::uint32_t row : rows)
        if (!std::isnan(column.numbers[row])) values.push_back(column.numbers[row]);
    return values;
}

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values)
        sum += value;
    const double first = sum / static_cast<double>(values.size());
    double rest = 0;  // what rounding took from the sum
    for (const double value : values)
        rest += value - first;
    return first + rest / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values, double mean) {
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size()));
}

double median_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

void fit_scale(Feature& feature, std::vector<double> values, Scale scale, std::vector<Finding>& findings) {
    if (scale == Scale::none) return;
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    if (*least == *most) {
        feature.shift = *least;
        findings.push_back(
            {fmt::format("column '{}' is {} in every row to learn from", text::printable(feature.name), *least)});
        return;
    }
    if (scale == Scale::minmax) {
        feature.shift = *least;
        feature.scale = *most - *least;
        return;
    }
    feature.shift = mean_of(values);
    feature.scale = deviation_of(values, feature.shift);
}

Feature fit_number(const Column& column, std::span<const std::uint32_t> rows, const FeatureOptions& options,
                   std::vector<Finding>& findings) {
    Feature feature;
    feature.name = column.name;
    const bool meant = options.missing_in.empty() || std::find(options.missing_in.begin(), options.missing_in.end(),
                                                               column.name) != options.missing_in.end();
    feature.missing = meant ? options.missing : Missing::error;
    std::vector<double> values = present(column, rows);
    if (values.empty())
        throw Error(Fault::data,
                    fmt::format("column '{}' has no value in the rows to learn from", text::printable(column.name)));
    if (feature.missing == Missing::median) {
        feature.substitute = median_of(values);
    } else if (feature.missing == Missing::mean || feature.missing == Missing::indicator) {
        feature.substitute = mean_of(values);
    }
    const bool fills = feature.missing != Missing::error && feature.missing != Missing::drop;
    if (fills) values.resize(rows.size(), feature.substitute);  // what the network will see
    fit_scale(feature, std::move(values), options.scale, findings);
    return feature;
}

Feature fit_categories(const Column& column, std::span<const std::uint32_t> rows, const FeatureOptions& options) {
    Feature feature;
    feature.name = column.name;
    feature.categorical = true;
    feature.unknown = options.unknown;
    const bool meant = options.missing_in.empty() || std::find(options.missing_in.begin(), options.missing_in.end(),
                                                               column.name) != options.missing_in.end();
    feature.missing = meant ? options.missing : Missing::error;
    std::vector<bool> seen(column.values.size());
    for (const std::uint32_t row : rows)
        seen[column.categories[row]] = true;
    for (std::size_t at = 0; at < seen.size(); ++at)
        if (seen[at] && !column.values[at].empty()) feature.values.push_back(column.values[at]);
    std::sort(feature.values.begin(), feature.values.end());
    return feature;
}

[[noreturn]] void fail_missing(const Feature& feature) {
    throw Error(Fault::data, fmt::format("column '{}': the value is missing", text::printable(feature.name)),
                "Choose --missing=mean, median, indicator or drop when the network is trained.");
}

}  // namespace

std::size_t Feature::width() const {
    if (!categorical) return missing == Missing::indicator ? 2 : 1;
    return values.size() + (unknown == Unknown::other ? 1 : 0) + (missing == Missing::indicator ? 1 : 0);
}

std::size_t total_width(std::span<const Feature> features) {
    std::size_t width = 0;
    for (const Feature& feature : features)
        width += feature.width();
    return width;
}

std::vector<Feature> fit_features(const Table& table, std::span<const std::uint32_t> rows,
                                  const FeatureOptions& options, std::vector<Finding>& findings) {
    std::vector<Feature> features;
    for (const Column& column : table.columns)
        features.push_back(column.categorical ? fit_categories(column, rows, options)
                                              : fit_number(column, rows, options, findings));
    return features;
}

template <class Real>
void put_number(const Feature& feature, double value, Real* out) {
    const bool missing = std::isnan(value);
    if (missing) {
        if (feature.missing == Missing::error || feature.missing == Missing::drop) fail_missing(feature);
        value = feature.substitute;
    }
    out[0] = static_cast<Real>((value - feature.shift) / feature.scale);
    if (feature.missing == Missing::indicator) out[1] = missing ? Real{1} : Real{};
}

template <class Real>
void put_category(const Feature& feature, const std::string& value, Real* out) {
    std::fill_n(out, feature.width(), Real{});
    if (value.empty()) {
        if (feature.missing == Missing::error || feature.missing == Missing::drop) fail_missing(feature);
        if (feature.missing == Missing::indicator) out[feature.width() - 1] = 1;
        return;
    }
    const auto found = std::lower_bound(feature.values.begin(), feature.values.end(), value);
    if (found != feature.values.end() && *found == value) {
        out[found - feature.values.begin()] = 1;
    } else if (feature.unknown == Unknown::other) {
        out[feature.values.size()] = 1;
    } else if (feature.unknown == Unknown::error) {
        const std::string near = text::nearest(value, feature.values);
        throw Error(Fault::data,
                    fmt::format("column '{}': the category '{}' was not there in training",
                                text::printable(feature.name), text::printable(value, 40)),
                    near.empty() ? "Choose --unknown=zeros or --unknown=other when the network is trained."
                                 : "Did you mean '" + text::printable(near) + "'?");
    }
}

template void put_number<float>(const Feature&, double, float*);
template void put_number<double>(const Feature&, double, double*);
template void put_category<float>(const Feature&, const std::string&, float*);
template void put_category<double>(const Feature&, const std::string&, double*);

}  // namespace bradawl::table
