#include "learn/prepared.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

std::vector<double> weights_of_classes(const Dataset& data, const Sets& sets, const Options& options) {
    if (!options.balanced && options.class_weights.empty()) return {};
    if (!data.classification) throw Error(Fault::usage, "--class-weight is for classification");
    std::vector<double> weights(data.classes.size(), 1);
    if (options.balanced) {
        std::vector<double> counts(data.classes.size());
        for (const std::uint32_t row : sets.train)
            ++counts[data.labels[row]];
        for (std::size_t at = 0; at < weights.size(); ++at)
            if (counts[at] > 0)
                weights[at] =
                    static_cast<double>(sets.train.size()) / (static_cast<double>(weights.size()) * counts[at]);
        return weights;
    }
    for (const auto& [name, weight] : options.class_weights) {
        const auto found = std::find(data.classes.begin(), data.classes.end(), name);
        if (found == data.classes.end())
            throw Error(Fault::usage, fmt::format("--class-weight: no class '{}' (there are: {})",
                                                  text::printable(name), fmt::join(data.classes, ", ")));
        weights[static_cast<std::size_t>(found - data.classes.begin())] = weight;
    }
    return weights;
}

void fit_target(const Dataset& data, const Sets& sets, Preparation& preparation) {
    const auto count = static_cast<double>(sets.train.size());
    double sum = 0;
    for (const std::uint32_t row : sets.train)
        sum += data.values[row];
    preparation.target_shift = sum / count;
    double squares = 0;
    for (const std::uint32_t row : sets.train)
        squares += (data.values[row] - preparation.target_shift) * (data.values[row] - preparation.target_shift);
    const double deviation = std::sqrt(squares / count);
    if (deviation > 0) preparation.target_scale = deviation;
}

}  // namespace

Preparation prepare(const Dataset& data, const Sets& sets, const Options& options) {
    Preparation preparation;
    std::vector<std::uint32_t> rows = sets.train;
    if (options.fit_on_all) {
        rows.resize(data.rows());
        std::iota(rows.begin(), rows.end(), 0);
    }
    preparation.features = table::fit_features(data.table, rows, options.scaling, preparation.findings);
    const std::size_t width = table::total_width(preparation.features);
    if (options.inputs != 0 && options.inputs != width)
        throw Error(Fault::usage, fmt::format("--inputs={}: the rows give {} inputs", options.inputs, width));
    if (!data.classification && options.scaling.scale != table::Scale::none) fit_target(data, sets, preparation);
    preparation.class_weights = weights_of_classes(data, sets, options);
    return preparation;
}

template <class Real>
nn::Examples<Real> make_examples(const Dataset& data, const Preparation& preparation,
                                 const std::vector<std::uint32_t>& rows, bool weigh_classes) {
    nn::Examples<Real> examples;
    examples.rows = rows.size();
    examples.columns = table::total_width(preparation.features);
    const std::size_t stride = nn::padded(examples.columns);
    examples.inputs.resize(rows.size() * stride);
    std::size_t place = 0;
    for (std::size_t column = 0; column < preparation.features.size(); ++column) {
        const table::Feature& feature = preparation.features[column];
        const table::Column& values = data.table.columns[column];
        for (std::size_t at = 0; at < rows.size(); ++at) {
            Real* const out = examples.inputs.data() + at * stride + place;
            try {
                if (feature.categorical) {
                    table::put_category(feature, values.values[values.categories[rows[at]]], out);
                } else {
                    table::put_number(feature, values.numbers[rows[at]], out);
                }
            } catch (const Error& error) {
                throw error.at(data.place(rows[at]));
            }
        }
        place += feature.width();
    }
    const bool weighted = !data.weights.empty() || (weigh_classes && !preparation.class_weights.empty());
    for (const std::uint32_t row : rows) {
        if (data.classification) {
            examples.labels.push_back(data.labels[row]);
        } else {
            examples.targets.resize(examples.targets.size() + nn::lanes);
            *(examples.targets.end() - nn::lanes) =
                static_cast<Real>((data.values[row] - preparation.target_shift) / preparation.target_scale);
        }
        if (!weighted) continue;
        double weight = data.weights.empty() ? 1 : data.weights[row];
        if (weigh_classes && !preparation.class_weights.empty()) weight *= preparation.class_weights[data.labels[row]];
        examples.weights.push_back(static_cast<Real>(weight));
    }
    return examples;
}

template nn::Examples<float> make_examples<float>(const Dataset&, const Preparation&, const std::vector<std::uint32_t>&,
                                                  bool);
template nn::Examples<double> make_examples<double>(const Dataset&, const Preparation&,
                                                    const std::vector<std::uint32_t>&, bool);

}  // namespace bradawl::learn
