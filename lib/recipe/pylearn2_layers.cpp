#include "recipe/pylearn2_layers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::recipe {

namespace {

using learn::Values;
using tree::Node;

/// Keys that have the same name and meaning here.
constexpr const char* shared_keys[] = {"irange",       "istdev",       "sparse_init",  "sparse_stdev",
                                       "init_bias",    "include_prob", "max_col_norm", "min_col_norm",
                                       "max_row_norm", "W_lr_scale",   "b_lr_scale"};

struct LayerClass {
    const char* name;
    const char* type;
    const char* units;  ///< Pylearn2's key
};

constexpr LayerClass classes[] = {{"Linear", "linear", "dim"},      {"Sigmoid", "sigmoid", "dim"},
                                  {"Tanh", "tanh", "dim"},          {"RectifiedLinear", "relu", "dim"},
                                  {"Softplus", "softplus", "dim"},  {"Softmax", "softmax", "n_classes"},
                                  {"Maxout", "maxout", "num_units"}};

Values::Layer read_layer(Object object) {
    const auto known = std::find_if(std::begin(classes), std::end(classes),
                                    [&](const LayerClass& one) { return object.type() == one.name; });
    if (known == std::end(classes))
        object.refuse_type("Linear, Sigmoid, Tanh, RectifiedLinear, Softplus, Softmax and Maxout layers");
    Values::Layer layer;
    const auto add = [&](const char* key, const char* theirs, const std::string& text) {
        layer.emplace_back(key, object.given(theirs, text));
    };
    add("type", "", known->type);
    add("name", "layer_name", object.demand("layer_name"));
    add("dim", known->units, object.demand(known->units));
    if (object.type() == "Maxout") {
        add("pieces", "num_pieces", object.demand("num_pieces"));
        if (const auto zero = object.take_text("min_zero"))
            add("min_zero", "min_zero", *zero == "1" || *zero == "True" || *zero == "true" ? "true" : "false");
    }
    if (object.type() == "RectifiedLinear")
        if (const auto slope = object.take_text("left_slope")) add("left_slope", "left_slope", *slope);
    bool initialised = false;
    for (const char* key : shared_keys)
        if (const auto text = object.take_text(key)) {
            const std::string_view of_softmax = key;
            if (object.type() == "Softmax" && (of_softmax == "init_bias" || of_softmax == "include_prob"))
                object.refuse(*object.take(key), key, "this key of Softmax is not supported");
            add(key, key, *text);
            initialised =
                initialised || of_softmax == "irange" || of_softmax == "istdev" || of_softmax == "sparse_init";
        }
    if (!initialised)
        throw Error(Fault::config, fmt::format("{}:{}: {} without irange, istdev or sparse_init", object.name(),
                                               object.line(), object.type()));
    object.allow("use_bias", {"1", "True", "true"});
    object.allow("no_affine", {"0", "False", "false"});
    object.allow("non_redundant", {"0", "False", "false"});
    object.finish();
    return layer;
}

const std::string& name_of(const Values::Layer& layer) {
    return layer[1].second.text;  // as read_layer() puts it
}

/// A number for each layer: the same for all, a list in their order, or a map by their names.
std::vector<std::string> by_layer(Object& object, const char* key, const std::vector<Values::Layer>& layers,
                                  const std::string& fallback) {
    std::vector<std::string> numbers(layers.size(), fallback);
    const Node* const node = object.take(key);
    if (node == nullptr) return numbers;
    switch (node->kind) {
        case Node::Kind::scalar:
            std::fill(numbers.begin(), numbers.end(), node->text);
            break;
        case Node::Kind::list:
            if (node->items.size() != layers.size())
                object.refuse(*node, key, fmt::format("{} numbers for {} layers", node->items.size(), layers.size()));
            for (std::size_t at = 0; at < layers.size(); ++at)
                numbers[at] = node->items[at].text;
            break;
        case Node::Kind::map:
            for (const auto& [name, value] : node->members) {
                const auto layer =
                    std::find_if(layers.begin(), layers.end(),
                                 [&wanted = name](const Values::Layer& one) { return name_of(one) == wanted; });
                if (layer == layers.end()) object.refuse(value, name, "no layer of this name");
                numbers[static_cast<std::size_t>(layer - layers.begin())] = value.text;
            }
    }
    for (const std::string& number : numbers)
        if (!text::to_double(number))
            object.refuse(*node, key, fmt::format("'{}' is not a number", text::printable(number)));
    return numbers;
}

void add_decay(Object& object, const char* ours, std::vector<Values::Layer>& layers) {
    if (object.take("coeffs") == nullptr)
        throw Error(Fault::config,
                    fmt::format("{}:{}: {} without coeffs", object.name(), object.line(), object.type()));
    const std::vector<std::string> numbers = by_layer(object, "coeffs", layers, "0");
    for (std::size_t at = 0; at < layers.size(); ++at)
        layers[at].emplace_back(ours, object.given("coeffs", numbers[at]));
}

void add_dropout(Object& object, std::vector<Values::Layer>& layers) {
    const auto part = object.take_text("default_input_include_prob");
    const auto scale = object.take_text("default_input_scale");
    const auto parts = by_layer(object, "input_include_probs", layers, part.value_or(".5"));
    const auto scales = by_layer(object, "input_scales", layers, scale.value_or("2."));
    object.allow("per_example", {"1", "True", "true"});
    for (std::size_t at = 0; at < layers.size(); ++at) {
        const double kept = *text::to_double(parts[at]);
        layers[at].emplace_back("dropout", object.given("input_include_probs", fmt::format("{}", 1 - kept)));
        layers[at].emplace_back("dropout_scale", object.given("input_scales", scales[at]));
    }
}

}  // namespace

std::vector<Values::Layer> read_layers(const Node& list, Object& owner) {
    if (list.kind != Node::Kind::list || list.items.empty()) owner.refuse(list, "layers", "a list of layers is wanted");
    std::vector<Values::Layer> layers;
    for (const Node& item : list.items)
        layers.push_back(read_layer(Object(item, owner.name())));
    return layers;
}

void read_cost(const Node& node, const std::string& name, std::vector<Values::Layer>& layers) {
    Object object(node, name);
    if (object.type() == "SumOfCosts") {
        const Node* const costs = object.take("costs");
        if (costs == nullptr || costs->kind != Node::Kind::list)
            throw Error(Fault::config, fmt::format("{}:{}: SumOfCosts without a list of costs", name, object.line()));
        for (const Node& cost : costs->items) {
            if (cost.kind == Node::Kind::list) object.refuse(cost, "costs", "a factor of a cost is not supported");
            read_cost(cost, name, layers);
        }
    } else if (object.type() == "WeightDecay") {
        add_decay(object, "l2", layers);
    } else if (object.type() == "L1WeightDecay") {
        add_decay(object, "l1", layers);
    } else if (object.type() == "Dropout") {
        add_dropout(object, layers);
    } else if (object.type() != "Default") {
        object.refuse_type("the costs Default, Dropout, WeightDecay, L1WeightDecay and SumOfCosts");
    }
    object.finish();
}

}  // namespace bradawl::recipe
