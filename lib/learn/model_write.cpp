#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "digest/sha256.hpp"
#include "json/writer.hpp"
#include "learn/model.hpp"
#include "learn/names.hpp"

namespace bradawl::learn {

namespace {

template <class Real>
void append_number(Real value, std::string& text) {
    char digits[32];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    text.append(digits, end);
}

/// An array of arrays of numbers, or one of them.
template <class Real>
void append_rows(const nn::Buffer<Real>& values, std::size_t rows, std::size_t columns, std::size_t stride,
                 std::string& text) {
    text += '[';
    for (std::size_t row = 0; row < rows; ++row) {
        text += row == 0 ? "[" : ",[";
        for (std::size_t column = 0; column < columns; ++column) {
            if (column > 0) text += ',';
            append_number(values[row * stride + column], text);
        }
        text += ']';
    }
    text += ']';
}

void append_string(std::string_view value, std::string& text) {
    json::Writer(text).foreign_string(value);
}

void append_feature(const table::Feature& feature, std::string& text) {
    text += "{\"name\":";
    append_string(feature.name, text);
    if (feature.categorical) {
        text += ",\"kind\":\"category\",\"values\":[";
        for (std::size_t at = 0; at < feature.values.size(); ++at) {
            if (at > 0) text += ',';
            append_string(feature.values[at], text);
        }
        text += fmt::format("],\"unknown\":\"{}\"", word_of(unknown_words, feature.unknown));
    } else {
        text += ",\"kind\":\"numeric\",\"mean\":";
        append_number(feature.shift, text);
        text += ",\"scale\":";
        append_number(feature.scale, text);
    }
    text += fmt::format(",\"missing\":\"{}\"", word_of(missing_words, feature.missing));
    if (!feature.categorical && feature.missing != table::Missing::error && feature.missing != table::Missing::drop) {
        text += ",\"substitute\":";
        append_number(feature.substitute, text);
    }
    text += '}';
}

template <class Real>
void append_layer(const nn::Layer<Real>& layer, std::string& text) {
    const nn::LayerOptions& options = layer.options;
    text += "{\"name\":";
    append_string(options.name, text);
    text += fmt::format(",\"type\":\"{}\",\"in\":{},\"out\":{}", word_of(activation_words, options.activation),
                        layer.in, layer.units());
    if (options.activation == nn::Activation::maxout) {
        text += fmt::format(",\"pieces\":{}", options.pieces);
        if (options.min_zero) text += ",\"min_zero\":true";
    }
    if (options.activation == nn::Activation::relu && options.slope != 0) {
        text += ",\"slope\":";
        append_number(options.slope, text);
    }
    text += ",\"W\":";
    append_rows(layer.weights, layer.in, layer.columns(), layer.stride(), text);
    text += ",\"b\":";
    std::string row;
    append_rows(layer.bias, 1, layer.columns(), layer.stride(), row);
    text.append(row, 1, row.size() - 2);
    text += '}';
}

std::string layers_of(const Model& model) {
    std::string text = "[";
    std::visit(
        [&](const auto& network) {
            for (std::size_t at = 0; at < network.layers.size(); ++at) {
                if (at > 0) text += ',';
                append_layer(network.layers[at], text);
            }
        },
        model.network);
    return text + ']';
}

void append_history(const Model& model, std::string& text) {
    text += ",\"rows\":" + fmt::format("{{\"train\":{},\"valid\":{},\"test\":{}}}", model.train_rows, model.valid_rows,
                                       model.test_rows);
    text += ",\"data_sha256\":";
    append_string(model.data_sha256, text);
    text += fmt::format(",\"best_epoch\":{},\"stopped\":", model.best_epoch);
    append_string(model.stopped, text);
    text += ",\"metrics\":{";
    bool first = true;
    for (const auto& [set, scores] : model.metrics) {
        text += first ? "" : ",";
        append_string(set, text);
        text += ":{";
        write_scores(scores, model.classification, text);
        text += '}';
        first = false;
    }
    text += '}';
    if (!model.history.empty()) text += ",\"history\":" + model.history;
}

}  // namespace

void write_scores(const nn::Scores& scores, bool classification, std::string& json) {
    const auto member = [&](const char* name, double value) {
        json += fmt::format("\"{}\":", name);
        if (std::isfinite(value)) {
            append_number(value, json);
        } else {
            json += "null";
        }
    };
    json += fmt::format("\"rows\":{},", scores.rows);
    if (classification) {
        member("nll", scores.nll);
        json += ',';
        member("misclass", scores.misclass);
        json += fmt::format(",\"wrong\":{}", scores.wrong);
        return;
    }
    member("rmse", scores.rmse);
    json += ',';
    member("mae", scores.mae);
    json += ',';
    member("r2", scores.r2);
}

std::string weights_sha256(const Model& model) {
    digest::Sha256 sha;
    sha.add(layers_of(model));
    return sha.hex();
}

std::string to_json(const Model& model) {
    std::string text = fmt::format("{{\"format\":\"nn-train/1\",\"task\":\"{}\",\"target\":{{\"name\":",
                                   model.classification ? "classification" : "regression");
    append_string(model.target, text);
    if (model.classification) {
        text += ",\"classes\":[";
        for (std::size_t at = 0; at < model.classes.size(); ++at) {
            if (at > 0) text += ',';
            append_string(model.classes[at], text);
        }
        text += ']';
    } else {
        text += ",\"mean\":";
        append_number(model.target_shift, text);
        text += ",\"scale\":";
        append_number(model.target_scale, text);
    }
    text += "},\n\"inputs\":[";
    for (std::size_t at = 0; at < model.features.size(); ++at) {
        if (at > 0) text += ",\n";
        append_feature(model.features[at], text);
    }
    text += fmt::format("],\n\"precision\":\"{}\",\n\"layers\":", model.network.index() == 0 ? "float" : "double");
    text += layers_of(model);
    text += ",\n\"train\":{\"config\":{";
    bool first = true;
    for (const auto& [name, value] : model.config) {
        text += first ? "" : ",";
        append_string(name, text);
        text += ':';
        append_string(value, text);
        first = false;
    }
    text += '}';
    append_history(model, text);
    text += fmt::format("}},\n\"weights_sha256\":\"{}\"}}\n", weights_sha256(model));
    return text;
}

}  // namespace bradawl::learn
