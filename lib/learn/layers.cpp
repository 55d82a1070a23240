#include "learn/layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/error.hpp"
#include "learn/names.hpp"
#include "text/nearest.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

using nn::Init;
using nn::LayerOptions;
using Given = Values::Given;

[[noreturn]] void refuse(const Given& given, const std::string& why, const std::string& hint = "") {
    throw Error(given.fault(), fmt::format("{}: {}", given.place, why), hint);
}

double number(const Given& given, double least, double most) {
    const auto value = text::to_double(given.text);
    if (!value) refuse(given, fmt::format("'{}' is not a number", text::printable(given.text)));
    if (*value < least || *value > most) refuse(given, fmt::format("{} is not from {} to {}", given.text, least, most));
    return *value;
}

std::size_t count(const Given& given, std::size_t most) {
    const auto value = text::to_uint64(given.text);
    if (!value || *value < 1 || *value > most)
        refuse(given, fmt::format("'{}' is not a whole number from 1 to {}", text::printable(given.text), most));
    return static_cast<std::size_t>(*value);
}

bool truth(const Given& given) {
    if (given.text == "true" || given.text == "1") return true;
    if (given.text == "false" || given.text == "0") return false;
    refuse(given, fmt::format("'{}' is neither true nor false", text::printable(given.text)));
}

void set_type(LayerOptions& layer, const Given& given) {
    const std::size_t place = place_of(activation_words, given.text);
    if (place == activation_words.size())
        refuse(given,
               fmt::format("'{}' is none of {}", text::printable(given.text), fmt::join(activation_words, ", ")));
    layer.activation = static_cast<nn::Activation>(place);
}

void set_init(LayerOptions& layer, const Given& given) {
    static constexpr std::array words = {"glorot", "glorot-normal", "he", "he-normal", "lecun"};
    static constexpr std::array kinds = {Init::glorot, Init::glorot_normal, Init::he, Init::he_normal, Init::lecun};
    const std::size_t place = place_of(words, given.text);
    if (place == words.size())
        refuse(given, fmt::format("'{}' is none of {}; or give irange, istdev or sparse_init",
                                  text::printable(given.text), fmt::join(words, ", ")));
    layer.init = kinds[place];
}

using Setter = void (*)(LayerOptions&, const Given&);

constexpr double huge = 1e12;

/// Keys, in the words of Pylearn2 where it has one.
const std::vector<std::pair<std::string, Setter>>& setters() {
    static const std::vector<std::pair<std::string, Setter>> all = {
        {"type", set_type},
        {"name", [](LayerOptions& layer, const Given& given) { layer.name = given.text; }},
        {"dim", [](LayerOptions& layer, const Given& given) { layer.units = count(given, 1'000'000); }},
        {"init", set_init},
        {"irange",
         [](LayerOptions& layer, const Given& given) {
             layer.init = Init::uniform;
             layer.init_size = number(given, 0, huge);
         }},
        {"istdev",
         [](LayerOptions& layer, const Given& given) {
             layer.init = Init::normal;
             layer.init_size = number(given, 0, huge);
         }},
        {"sparse_init",
         [](LayerOptions& layer, const Given& given) {
             if (layer.init != Init::sparse) layer.init_size = 1;
             layer.init = Init::sparse;
             layer.init_count = static_cast<double>(count(given, 1'000'000));
         }},
        {"sparse_stdev",
         [](LayerOptions& layer, const Given& given) {
             layer.init = Init::sparse;
             layer.init_size = number(given, 0, huge);
         }},
        {"init_bias", [](LayerOptions& layer, const Given& given) { layer.init_bias = number(given, -huge, huge); }},
        {"include_prob", [](LayerOptions& layer, const Given& given) { layer.include_prob = number(given, 0, 1); }},
        {"pieces", [](LayerOptions& layer, const Given& given) { layer.pieces = count(given, 1000); }},
        {"min_zero", [](LayerOptions& layer, const Given& given) { layer.min_zero = truth(given); }},
        {"left_slope", [](LayerOptions& layer, const Given& given) { layer.slope = number(given, -huge, huge); }},
        {"dropout", [](LayerOptions& layer, const Given& given) { layer.keep = 1 - number(given, 0, 0.99); }},
        {"dropout_scale", [](LayerOptions& layer, const Given& given) { layer.scale = number(given, 0, huge); }},
        {"l2", [](LayerOptions& layer, const Given& given) { layer.l2 = number(given, 0, huge); }},
        {"l1", [](LayerOptions& layer, const Given& given) { layer.l1 = number(given, 0, huge); }},
        {"max_col_norm",
         [](LayerOptions& layer, const Given& given) { layer.max_column_norm = number(given, 0, huge); }},
        {"min_col_norm",
         [](LayerOptions& layer, const Given& given) { layer.min_column_norm = number(given, 0, huge); }},
        {"max_row_norm", [](LayerOptions& layer, const Given& given) { layer.max_row_norm = number(given, 0, huge); }},
        {"W_lr_scale", [](LayerOptions& layer, const Given& given) { layer.weight_rate = number(given, 0, huge); }},
        {"b_lr_scale", [](LayerOptions& layer, const Given& given) { layer.bias_rate = number(given, 0, huge); }},
    };
    return all;
}

void set(LayerOptions& layer, const std::string& key, const Given& given) {
    const auto found =
        std::find_if(setters().begin(), setters().end(), [&](const auto& setter) { return setter.first == key; });
    if (found == setters().end()) {
        const std::string near = text::nearest(key, layer_keys());
        refuse(given, fmt::format("unknown key '{}' of a layer", text::printable(key)),
               near.empty() ? fmt::format("There are: {}.", fmt::join(layer_keys(), ", "))
                            : "Did you mean '" + near + "'?");
    }
    found->second(layer, given);
}

LayerOptions make_layer(const Values::Layer& keys, LayerOptions layer, bool last, std::size_t place) {
    layer.name = last ? "y" : "h" + std::to_string(place);
    layer.units = 0;
    bool typed = false;
    for (const auto& [key, given] : keys) {
        set(layer, key, given);
        typed = typed || key == "type";
    }
    const Given& where = keys.front().second;
    if (!typed) refuse(where, fmt::format("layer '{}' has no type", text::printable(layer.name)));
    if (layer.units == 0 && !last) refuse(where, fmt::format("layer '{}' has no dim", text::printable(layer.name)));
    if (layer.activation == nn::Activation::softmax && !last)
        refuse(where, fmt::format("layer '{}': softmax is for the last layer only", text::printable(layer.name)));
    if (layer.max_row_norm > 0 && layer.max_column_norm > 0)
        refuse(where, fmt::format("layer '{}' has max_row_norm and max_col_norm", text::printable(layer.name)));
    if (layer.min_column_norm > 0 && layer.max_column_norm == 0) layer.max_column_norm = huge;
    if (layer.activation == nn::Activation::softmax) layer.draw_include = false;
    return layer;
}

}  // namespace

const std::vector<std::string>& layer_keys() {
    static const std::vector<std::string> keys = [] {
        std::vector<std::string> all;
        for (const auto& [key, setter] : setters())
            all.push_back(key);
        return all;
    }();
    return keys;
}

std::vector<Values::Layer> split_layers(const Given& given) {
    std::vector<Values::Layer> layers(1);
    std::string_view rest = given.text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(",;"), rest.size());
        const std::string_view part = rest.substr(0, end);
        const bool next = end < rest.size() && rest[end] == ';';
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            refuse(given, fmt::format("'{}' is not KEY=VALUE", text::printable(part)));
        layers.back().emplace_back(
            part.substr(0, equals),
            Given{std::string(part.substr(equals + 1)), fmt::format("{}: layer {}", given.place, layers.size())});
        if (next && !rest.empty()) layers.emplace_back();
    }
    return layers;
}

std::string join_layers(const std::vector<Values::Layer>& layers) {
    std::string text;
    for (const Values::Layer& layer : layers) {
        if (!text.empty()) text += ';';
        for (std::size_t at = 0; at < layer.size(); ++at)
            text += fmt::format("{}{}={}", at > 0 ? "," : "", layer[at].first, layer[at].second.text);
    }
    return text;
}

std::vector<LayerOptions> make_layers(const std::vector<Values::Layer>& layers, const LayerOptions& usual) {
    std::vector<LayerOptions> made;
    for (std::size_t at = 0; at < layers.size(); ++at) {
        if (layers[at].empty()) throw Error(Fault::usage, fmt::format("layer {} says nothing", at + 1));
        made.push_back(make_layer(layers[at], usual, at + 1 == layers.size(), at));
        for (std::size_t before = 0; before < at; ++before)
            if (made[before].name == made[at].name)
                refuse(layers[at].front().second,
                       fmt::format("a second layer called '{}'", text::printable(made[at].name)));
    }
    return made;
}

}  // namespace bradawl::learn
