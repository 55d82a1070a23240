#include <fmt/format.h>

#include "code/parts.hpp"

namespace bradawl::code {

namespace {

using nn::Activation;
using table::Feature;
using table::Missing;

std::string awk_string(const std::string& text) {
    return quoted(text, '"', [](char c) -> std::string {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || c == '"' || c == '\\') return fmt::format("\\{:03o}", byte);
        return {c};
    });
}

constexpr const char* helpers = R"(
function load(layer, column, text,    n, t, i) {
    n = split(text, t, " ")
    for (i = 1; i <= n; ++i) w[layer, column, i] = t[i] + 0
}
function e(x) { return x < -700 ? 0 : exp(x) }
function size(x) { return x < 0 ? -x : x }
function sigmoid(x) { return x >= 0 ? 1 / (1 + e(-x)) : e(x) / (1 + e(x)) }
function tanh(x,    t) { t = e(-2 * size(x)); t = (1 - t) / (1 + t); return x < 0 ? -t : t }
function fail(what) { print FILENAME ":" FNR ": " what | "cat 1>&2"; bad = 1; exit 65 }
function field(name,    text) {
    text = $(place[name])
    sub(/\r$/, "", text)
    if (text ~ /^".*"$/) text = substr(text, 2, length(text) - 2)
    return text
}
function is_missing(text) { return tolower(text) ~ /^(|na|n\/a|nan|null|none|\?)$/ }
function number(name, text) {
    if (text !~ /^[ \t]*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?[ \t]*$/)
        fail("column " name ": " text " is not a number")
    return text + 0
}
)";

/// Sets v[0, at] and so on from a column.
std::string put_feature(const Feature& feature, std::size_t at) {
    const std::string name = awk_string(feature.name);
    const bool fills = feature.missing != Missing::error && feature.missing != Missing::drop;
    std::string text = fmt::format("    x = field({})\n    gone = is_missing(x)\n", name);
    if (!fills) text += fmt::format("    if (gone) fail(\"column \" {} \": the value is missing\")\n", name);
    if (!feature.categorical) {
        text += fmt::format("    v[0, {}] = ((gone ? {} : number({}, x)) - {}) / {}\n", at, real(feature.substitute),
                            name, real(feature.shift), real(feature.scale));
        if (feature.missing == Missing::indicator) text += fmt::format("    v[0, {}] = gone\n", at + 1);
        return text;
    }
    text += "    known = 0\n";
    for (std::size_t value = 0; value < feature.values.size(); ++value)
        text += fmt::format("    known += v[0, {}] = !gone && x \"\" == {}\n", at + value,
                            awk_string(feature.values[value]));
    std::size_t next = at + feature.values.size();
    if (feature.unknown == table::Unknown::error)
        text += fmt::format("    if (!gone && !known) fail(\"column \" {} \": \" x \" was not there in training\")\n",
                            name);
    if (feature.unknown == table::Unknown::other) text += fmt::format("    v[0, {}] = !gone && !known\n", next++);
    if (feature.missing == Missing::indicator) text += fmt::format("    v[0, {}] = gone\n", next);
    return text;
}

std::string activation(const PlainLayer& layer) {
    switch (layer.options.activation) {
        case Activation::sigmoid:
            return "sigmoid(z[j])";
        case Activation::tanh:
            return "tanh(z[j])";
        case Activation::relu:
            return fmt::format("z[j] > 0 ? z[j] : {} * z[j]", real(layer.options.slope));
        case Activation::softplus:
            return "(z[j] > 0 ? z[j] : 0) + log(1 + e(-size(z[j])))";
        default:
            return "z[j]";
    }
}

std::string apply_layer(const PlainLayer& layer, std::size_t place) {
    const std::size_t columns = layer.columns.size();
    std::string text = fmt::format(
        "    for (j = 1; j <= {0}; ++j) {{\n        z[j] = w[{1}, j, {3}]\n        for (i = 1; i <= {2}; ++i) z[j] += "
        "w[{1}, j, i] * v[{1}, i]\n    }}\n",
        columns, place, layer.columns[0].size(), layer.columns[0].size() + 1);
    if (layer.options.activation == Activation::softmax)
        return text + fmt::format(
                          "    most = z[1]\n    for (j = 2; j <= {0}; ++j) if (z[j] > most) most = z[j]\n    sum = 0\n"
                          "    for (j = 1; j <= {0}; ++j) sum += z[j] = e(z[j] - most)\n"
                          "    for (j = 1; j <= {0}; ++j) v[{1}, j] = z[j] / sum\n",
                          columns, place + 1);
    if (layer.options.activation == Activation::maxout)
        return text +
               fmt::format(
                   "    for (j = 1; j <= {0}; ++j) {{\n        most = {3}\n        for (i = 1; i <= {1}; ++i) {{\n"
                   "            t = z[(j - 1) * {1} + i]\n            if (t > most) most = t\n        }}\n"
                   "        v[{2}, j] = most\n    }}\n",
                   layer.options.units, layer.options.pieces, place + 1,
                   layer.options.min_zero ? "0" : fmt::format("z[(j - 1) * {} + 1]", layer.options.pieces));
    return text + fmt::format("    for (j = 1; j <= {}; ++j) v[{}, j] = {}\n", columns, place + 1, activation(layer));
}

std::string finish(const learn::Model& model, const std::vector<PlainLayer>& layers) {
    const std::size_t last = layers.size();
    if (!model.classification)
        return fmt::format("    printf \"%.17g\\n\", v[{}, 1] * {} + {}\n", last, real(model.target_scale),
                           real(model.target_shift));
    if (layers.back().columns.size() == 1)
        return fmt::format(
            "    p = v[{}, 1]\n    print (p > 0.5 ? class[2] : class[1]) OFS sprintf(\"%.9f\", p > 0.5 ? p : 1 - p)\n",
            last);
    return fmt::format(
        "    best = 1\n    for (j = 2; j <= {0}; ++j) if (v[{1}, j] > v[{1}, best]) best = j\n"
        "    print class[best] OFS sprintf(\"%.9f\", v[{1}, best])\n",
        layers.back().columns.size(), last);
}

}  // namespace

std::string to_awk(const learn::Model& model) {
    const std::vector<PlainLayer> layers = plain_layers(model);
    std::string text =
        "# A network; written by nn-train. awk -f FILE rows.csv: CSV with a header, and no separator in quotes.\n";
    text += helpers;
    text += "\nBEGIN {\n    if (FS == \" \") FS = \",\"\n    if (OFS == \" \") OFS = FS\n";
    for (std::size_t at = 0; at < model.classes.size(); ++at)
        text += fmt::format("    class[{}] = {}\n", at + 1, awk_string(model.classes[at]));
    for (std::size_t place = 0; place < layers.size(); ++place)
        for (std::size_t column = 0; column < layers[place].columns.size(); ++column) {
            text += fmt::format("    load({}, {}, \"", place, column + 1);
            for (const double weight : layers[place].columns[column])
                text += real(weight) + " ";
            text += real(layers[place].bias[column]) + "\")\n";
        }
    text +=
        "}\nNR == 1 {\n    sub(/^\\357\\273\\277/, \"\")\n    for (i = 1; i <= NF; ++i) {\n        name = $i\n"
        "        sub(/\\r$/, \"\", name)\n        if (name ~ /^\".*\"$/) name = substr(name, 2, length(name) - 2)\n"
        "        place[name] = i\n    }\n    columns = NF\n";
    for (const Feature& feature : model.features)
        text += fmt::format("    if (!({0} in place)) fail(\"no column \" {0})\n", awk_string(feature.name));
    text += fmt::format("    print {}{}\n    next\n}}\n", awk_string(model.target),
                        model.classification ? " OFS \"prob\"" : "");
    text += "/^[ \\t\\r]*$/ { next }\n{\n    if (NF != columns) fail(NF \" fields, but the header has \" columns)\n";
    std::size_t place = 1;
    for (const Feature& feature : model.features) {
        text += put_feature(feature, place);
        place += feature.width();
    }
    for (std::size_t at = 0; at < layers.size(); ++at)
        text += apply_layer(layers[at], at);
    return text + finish(model, layers) + "}\nEND { if (bad) exit 65 }\n";
}

}  // namespace bradawl::code
