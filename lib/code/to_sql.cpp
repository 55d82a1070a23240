#include <fmt/format.h>

#include "code/parts.hpp"

namespace bradawl::code {

namespace {

using nn::Activation;
using table::Feature;
using table::Missing;

constexpr std::size_t terms_together = 50;  // deeper expressions are refused by some engines

std::string sql_name(const std::string& text) {
    return quoted(text, '"', [](char c) { return c == '"' ? std::string("\"\"") : std::string(1, c); });
}

std::string sql_string(const std::string& text) {
    return quoted(text, '\'', [](char c) { return c == '\'' ? std::string("''") : std::string(1, c); });
}

/// e to the power of `x`, held where no engine sees an overflow.
std::string power(const std::string& x) {
    return fmt::format("exp(CASE WHEN {0} > 700.0 THEN 700.0 WHEN {0} < -700.0 THEN -700.0 ELSE {0} END)", x);
}

/// Adds ` AS v0_1` and so on for a column; what has no answer is NULL.
void put_feature(const Feature& feature, std::size_t at, std::vector<std::string>& inputs) {
    const std::string name = "t." + sql_name(feature.name);
    const bool fills = feature.missing != Missing::error && feature.missing != Missing::drop;
    const auto add = [&](const std::string& expression) {
        inputs.push_back(fmt::format("{} AS v0_{}", expression, at + inputs.size()));
    };
    at -= inputs.size();
    const std::string gone = fmt::format("CASE WHEN {} IS NULL THEN 1.0 ELSE 0.0 END", name);
    if (!feature.categorical) {
        const std::string cast = fmt::format("CAST({} AS DOUBLE PRECISION)", name);
        const std::string value = fills ? fmt::format("COALESCE({}, {})", cast, real(feature.substitute)) : cast;
        add(fmt::format("({} - ({})) / {}", value, real(feature.shift), real(feature.scale)));
        if (feature.missing == Missing::indicator) add(gone);
        return;
    }
    std::string all;
    for (const std::string& value : feature.values)
        all += (all.empty() ? "" : ", ") + sql_string(value);
    const std::string otherwise = feature.unknown == table::Unknown::error
                                      ? fmt::format("WHEN {0} IS NOT NULL AND {0} NOT IN ({1}) THEN NULL ", name, all)
                                      : "";
    const std::string missing = fills ? "" : fmt::format("WHEN {} IS NULL THEN NULL ", name);
    for (const std::string& value : feature.values)
        add(fmt::format("CASE WHEN {} = {} THEN 1.0 {}{}ELSE 0.0 END", name, sql_string(value), otherwise, missing));
    if (feature.unknown == table::Unknown::other)
        add(fmt::format("CASE WHEN {0} IS NOT NULL AND {0} NOT IN ({1}) THEN 1.0 ELSE 0.0 END", name, all));
    if (feature.missing == Missing::indicator) add(gone);
}

std::string weighted_sum(const PlainLayer& layer, std::size_t column, std::size_t place) {
    std::string text = real(layer.bias[column]);
    const std::vector<double>& weights = layer.columns[column];
    for (std::size_t from = 0; from < weights.size(); ++from) {
        if (from % terms_together == 0) text += " + (0.0";
        text += fmt::format(" + ({}) * v{}_{}", real(weights[from]), place, from + 1);
        if (from % terms_together == terms_together - 1 || from + 1 == weights.size()) text += ")";
    }
    return text;
}

std::string activation(const PlainLayer& layer, std::size_t unit, std::size_t place) {
    const auto z = [&](std::size_t column) { return fmt::format("z{}_{}", place, column + 1); };
    const std::string own = z(unit);
    switch (layer.options.activation) {
        case Activation::sigmoid:
            return fmt::format("1.0 / (1.0 + {})", power("-" + own));
        case Activation::tanh:
            return fmt::format("2.0 / (1.0 + {}) - 1.0", power(fmt::format("(-2.0 * {})", own)));
        case Activation::relu:
            return fmt::format("CASE WHEN {0} > 0.0 THEN {0} ELSE {1} * {0} END", own, real(layer.options.slope));
        case Activation::softplus:
            return fmt::format("CASE WHEN {0} > 0.0 THEN {0} ELSE 0.0 END + ln(1.0 + {1})", own,
                               power(fmt::format("(-abs({}))", own)));
        case Activation::softmax: {  // 1 / sum of e^(other - own) needs no maximum
            std::string sum = "0.0";
            for (std::size_t other = 0; other < layer.columns.size(); ++other)
                sum += " + " + power(fmt::format("({} - {})", z(other), own));
            return fmt::format("1.0 / ({})", sum);
        }
        case Activation::maxout: {
            std::string text = "CASE";
            for (std::size_t piece = 0; piece < layer.options.pieces; ++piece) {
                const std::string one = z(unit * layer.options.pieces + piece);
                text += " WHEN " + one + (layer.options.min_zero ? " >= 0.0" : " IS NOT NULL");
                for (std::size_t other = 0; other < layer.options.pieces; ++other)
                    if (other != piece)
                        text += fmt::format(" AND {} >= {}", one, z(unit * layer.options.pieces + other));
                text += " THEN " + one;
            }
            return text + (layer.options.min_zero
                               ? fmt::format(" WHEN {} IS NOT NULL THEN 0.0 END", z(unit * layer.options.pieces))
                               : " END");
        }
        default:
            return own;
    }
}

std::string answer(const learn::Model& model, const std::vector<PlainLayer>& layers) {
    const std::string last = fmt::format("v{}", layers.size());
    if (!model.classification)
        return fmt::format("{}_1 * {} + ({}) AS {}", last, real(model.target_scale), real(model.target_shift),
                           sql_name("predicted"));
    std::vector<std::string> parts;
    if (layers.back().columns.size() == 1) {
        parts = {fmt::format("(1.0 - {}_1)", last), last + "_1"};
    } else {
        for (std::size_t at = 0; at < model.classes.size(); ++at)
            parts.push_back(fmt::format("{}_{}", last, at + 1));
    }
    std::string label = "CASE";
    std::string probability = "CASE";
    for (std::size_t at = 0; at < parts.size(); ++at) {
        std::string best;
        for (std::size_t other = 0; other < parts.size(); ++other)
            if (other != at) best += fmt::format("{}{} >= {}", best.empty() ? "" : " AND ", parts[at], parts[other]);
        label += fmt::format(" WHEN {} THEN {}", best, sql_string(model.classes[at]));
        probability += fmt::format(" WHEN {} THEN {}", best, parts[at]);
    }
    return fmt::format("{} END AS predicted,\n  {} END AS prob", label, probability);
}

}  // namespace

std::string to_sql(const learn::Model& model, const std::string& table, const std::vector<std::string>& kept) {
    const std::vector<PlainLayer> layers = plain_layers(model);
    std::vector<std::string> names = kept;
    if (names.empty())
        for (const Feature& feature : model.features)
            names.push_back(feature.name);
    std::vector<std::string> inputs;
    for (const Feature& feature : model.features)
        put_feature(feature, inputs.size() + 1, inputs);
    std::string carried;
    std::string shown;
    for (std::size_t at = 0; at < names.size(); ++at) {
        carried += fmt::format("t.{} AS k{}, ", sql_name(names[at]), at + 1);
        shown += fmt::format("k{} AS {}, ", at + 1, sql_name(names[at]));
    }
    std::string text = fmt::format(
        "-- A network; written by nn-train. Rows without an answer have NULL. Needs exp() and ln() of double "
        "precision.\n"
        "WITH l0 AS (SELECT {}{}\n  FROM {} AS t)",
        carried, fmt::format("{}", fmt::join(inputs, ",\n  ")), sql_name(table));
    for (std::size_t place = 0; place < layers.size(); ++place) {
        std::string keys;
        for (std::size_t at = 0; at < names.size(); ++at)
            keys += fmt::format("k{}, ", at + 1);
        std::vector<std::string> sums;
        for (std::size_t column = 0; column < layers[place].columns.size(); ++column)
            sums.push_back(
                fmt::format("{} AS z{}_{}", weighted_sum(layers[place], column, place), place + 1, column + 1));
        std::vector<std::string> units;
        for (std::size_t unit = 0; unit < layers[place].options.units; ++unit)
            units.push_back(
                fmt::format("{} AS v{}_{}", activation(layers[place], unit, place + 1), place + 1, unit + 1));
        text += fmt::format(",\ns{0} AS (SELECT {1}{2}\n  FROM l{3}),\nl{0} AS (SELECT {1}{4}\n  FROM s{0})", place + 1,
                            keys, fmt::join(sums, ",\n  "), place, fmt::join(units, ",\n  "));
    }
    return text + fmt::format("\nSELECT {}{}\nFROM l{};\n", shown, answer(model, layers), layers.size());
}

}  // namespace bradawl::code
