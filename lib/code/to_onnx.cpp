#include <fmt/format.h>
#include <onnx.pb.h>

#include <cmath>
#include <limits>

#include "code/parts.hpp"
#include "json/writer.hpp"

namespace bradawl::code {

namespace {

using nn::Activation;
using table::Feature;
using table::Missing;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Builds the graph node by node; a value is known by its name. https://onnx.ai: IR 8, operators of set 13, those of
/// ai.onnx.ml of set 2.
class Graph {
public:
    Graph(const learn::Model& model, std::string& text) : model_(model), layers_(plain_layers(model)), text_(text) {
        in_double_ = model.network.index() == 1;
        real_ = in_double_ ? onnx::TensorProto::DOUBLE : onnx::TensorProto::FLOAT;
    }

    void run() {
        proto_.set_ir_version(8);
        proto_.set_producer_name("nn-train");
        import("", 13);
        import("ai.onnx.ml", 2);
        graph_.set_name("nn-train");
        std::string value = inputs();
        for (std::size_t at = 0; at < layers_.size(); ++at)
            value = layer(layers_[at], at == 0, value);
        model_.classification ? put_classes(value) : put_value(value);
        proto_.SerializeToString(&text_);
    }

private:
    using Names = std::vector<std::string>;

    void import(const char* domain, int version) {
        auto& set = *proto_.add_opset_import();
        set.set_domain(domain);
        set.set_version(version);
    }

    std::string fresh(const char* what) { return fmt::format("nn-train/{}-{}", what, ++count_); }

    onnx::NodeProto& add(const char* type, const Names& inputs, std::string output) {
        onnx::NodeProto& node = *graph_.add_node();
        node.set_op_type(type);
        for (const std::string& input : inputs)
            node.add_input(input);
        node.add_output(std::move(output));
        return node;
    }

    std::string node(const char* type, const Names& inputs) { return add(type, inputs, fresh(type)).output(0); }

    static onnx::AttributeProto& attribute(onnx::NodeProto& node, const char* name,
                                           onnx::AttributeProto::AttributeType type) {
        onnx::AttributeProto& made = *node.add_attribute();
        made.set_name(name);
        made.set_type(type);
        return made;
    }

    static void set(onnx::NodeProto& node, const char* name, std::int64_t value) {
        attribute(node, name, onnx::AttributeProto::INT).set_i(value);
    }

    static void set(onnx::NodeProto& node, const char* name, const Names& values) {
        auto& made = attribute(node, name, onnx::AttributeProto::STRINGS);
        for (const std::string& value : values)
            made.add_strings(value);
    }

    static void set(onnx::NodeProto& node, const char* name, const std::vector<std::int64_t>& values) {
        auto& made = attribute(node, name, onnx::AttributeProto::INTS);
        for (const std::int64_t value : values)
            made.add_ints(value);
    }

    onnx::TensorProto& tensor(const std::vector<std::size_t>& dimensions, onnx::TensorProto::DataType type) {
        onnx::TensorProto& made = *graph_.add_initializer();
        made.set_name(fresh("constant"));
        made.set_data_type(type);
        for (const std::size_t size : dimensions)
            made.add_dims(static_cast<std::int64_t>(size));
        return made;
    }

    std::string numbers(const std::vector<std::size_t>& dimensions, const std::vector<double>& values, bool in_double) {
        onnx::TensorProto& made = tensor(dimensions, in_double ? onnx::TensorProto::DOUBLE : onnx::TensorProto::FLOAT);
        for (const double value : values)
            in_double ? made.add_double_data(value) : made.add_float_data(static_cast<float>(value));
        return made.name();
    }

    std::string integers(const std::vector<std::int64_t>& values) {
        onnx::TensorProto& made = tensor({values.size()}, onnx::TensorProto::INT64);
        for (const std::int64_t value : values)
            made.add_int64_data(value);
        return made.name();
    }

    std::string cast(const std::string& value, onnx::TensorProto::DataType type) {
        onnx::NodeProto& made = add("Cast", {value}, fresh("Cast"));
        set(made, "to", static_cast<std::int64_t>(type));
        return made.output(0);
    }

    static void describe(onnx::ValueInfoProto& value, const std::string& name, onnx::TensorProto::DataType type,
                         std::size_t columns) {
        value.set_name(name);
        auto& its = *value.mutable_type()->mutable_tensor_type();
        its.set_elem_type(type);
        its.mutable_shape()->add_dim()->set_dim_param("rows");
        if (columns > 0) its.mutable_shape()->add_dim()->set_dim_value(static_cast<std::int64_t>(columns));
    }

    /// What the first layer reads: all numbers, then flags of those missing, then categories. order_ says where each of
    /// these stands in the model's own order.
    std::string inputs() {
        std::vector<const Feature*> numeric;
        Names parts;
        std::vector<std::size_t> flags;
        std::vector<std::int64_t> flagged;
        std::size_t place = 0;
        for (const Feature& feature : model_.features) {
            if (!feature.categorical) {
                if (feature.missing == Missing::indicator) {
                    flagged.push_back(static_cast<std::int64_t>(numeric.size()));
                    flags.push_back(place + 1);
                }
                order_.push_back(place);
                numeric.push_back(&feature);
            }
            place += feature.width();
        }
        if (!numeric.empty()) put_numbers(numeric, flagged, parts);
        order_.insert(order_.end(), flags.begin(), flags.end());
        place = 0;
        for (const Feature& feature : model_.features) {
            if (feature.categorical) put_category(feature, place, parts);
            place += feature.width();
        }
        if (parts.size() == 1) return parts[0];
        onnx::NodeProto& all = add("Concat", parts, fresh("Concat"));
        set(all, "axis", 1);
        return all.output(0);
    }

    void put_numbers(const std::vector<const Feature*>& numeric, const std::vector<std::int64_t>& flagged,
                     Names& parts) {
        std::vector<double> shifts;
        std::vector<double> scales;
        std::vector<double> substitutes;
        std::string columns;
        json::Writer json(columns);
        json.begin_array();
        bool fills = false;
        for (const Feature* feature : numeric) {
            const bool fill = feature->missing != Missing::error && feature->missing != Missing::drop;
            shifts.push_back(feature->shift);
            scales.push_back(feature->scale);
            substitutes.push_back(fill ? feature->substitute : nothing);
            fills = fills || fill;
            json.foreign_string(feature->name);
        }
        json.end_array();
        auto& property = *proto_.add_metadata_props();
        property.set_key("numbers");
        property.set_value(columns);
        const std::size_t count = numeric.size();
        describe(*graph_.add_input(), "numbers", onnx::TensorProto::DOUBLE, count);
        std::string value = "numbers";
        std::string gone;
        if (fills) {
            gone = node("IsNaN", {value});
            value = node("Where", {gone, numbers({1, count}, substitutes, true), value});
        }
        value = node("Sub", {value, numbers({1, count}, shifts, true)});
        value = node("Div", {value, numbers({1, count}, scales, true)});
        parts.push_back(in_double_ ? value : cast(value, real_));
        if (flagged.empty()) return;
        onnx::NodeProto& chosen = add("Gather", {gone, integers(flagged)}, fresh("Gather"));
        set(chosen, "axis", 1);
        parts.push_back(cast(chosen.output(0), real_));
    }

    /// A 1 among zeros, [rows x values].
    std::string flags_of(const std::string& column, const Names& values) {
        onnx::NodeProto& made = add("OneHotEncoder", {column}, fresh("OneHotEncoder"));
        made.set_domain("ai.onnx.ml");
        set(made, "cats_strings", values);
        set(made, "zeros", 1);
        const auto count = static_cast<std::int64_t>(values.size());
        const std::string flat = node("Reshape", {made.output(0), integers({-1, count})});
        return in_double_ ? cast(flat, real_) : flat;
    }

    void put_category(const Feature& feature, std::size_t place, Names& parts) {
        std::string name = feature.name;
        while (name == "numbers" || name == "label" || name == "probabilities" || name == "value")
            name += '_';
        describe(*graph_.add_input(), name, onnx::TensorProto::STRING, 1);
        for (std::size_t at = 0; at < feature.width(); ++at)
            order_.push_back(place + at);
        const std::string flags = flags_of(name, feature.values);
        parts.push_back(flags);
        const std::string gone = flags_of(name, {""});
        if (feature.unknown == table::Unknown::other) {
            const std::string known = node("ReduceSum", {flags, integers({1})});
            const std::string one = numbers({1, 1}, {1}, in_double_);
            parts.push_back(node("Sub", {node("Sub", {one, known}), gone}));
        }
        if (feature.missing == Missing::indicator) parts.push_back(gone);
    }

    std::string layer(const PlainLayer& layer, bool first, const std::string& value) {
        const std::size_t columns = layer.columns.size();
        const std::size_t in = layer.columns[0].size();
        std::vector<double> weights;
        for (std::size_t row = 0; row < in; ++row)
            for (const std::vector<double>& column : layer.columns)
                weights.push_back(column[first ? order_[row] : row]);
        const std::string z = node(
            "Gemm", {value, numbers({in, columns}, weights, in_double_), numbers({columns}, layer.bias, in_double_)});
        return activate(layer.options, z);
    }

    std::string activate(const nn::LayerOptions& options, const std::string& z) {
        switch (options.activation) {
            case Activation::sigmoid:
                return node("Sigmoid", {z});
            case Activation::tanh:
                return node("Tanh", {z});
            case Activation::softplus:
                return node("Softplus", {z});
            case Activation::relu: {
                onnx::NodeProto& made = add("LeakyRelu", {z}, fresh("LeakyRelu"));
                attribute(made, "alpha", onnx::AttributeProto::FLOAT).set_f(static_cast<float>(options.slope));
                return made.output(0);
            }
            case Activation::softmax: {
                onnx::NodeProto& made = add("Softmax", {z}, fresh("Softmax"));
                set(made, "axis", 1);
                return made.output(0);
            }
            case Activation::maxout: {
                const auto units = static_cast<std::int64_t>(options.units);
                const auto pieces = static_cast<std::int64_t>(options.pieces);
                const std::string split = node("Reshape", {z, integers({-1, units, pieces})});
                onnx::NodeProto& most = add("ReduceMax", {split}, fresh("ReduceMax"));
                set(most, "axes", std::vector<std::int64_t>{2});
                set(most, "keepdims", 0);
                return options.min_zero ? node("Relu", {most.output(0)}) : most.output(0);
            }
            default:
                return z;
        }
    }

    void put_classes(std::string value) {
        const std::size_t classes = model_.classes.size();
        if (layers_.back().columns.size() == 1) {  // one sigmoid unit: that of the second class
            onnx::NodeProto& both =
                add("Concat", {node("Sub", {numbers({1, 1}, {1}, in_double_), value}), value}, fresh("Concat"));
            set(both, "axis", 1);
            value = both.output(0);
        }
        add("Identity", {value}, "probabilities");
        onnx::NodeProto& best = add("ArgMax", {value}, fresh("ArgMax"));
        set(best, "axis", 1);
        set(best, "keepdims", 0);
        const std::string place = best.output(0);
        onnx::NodeProto& label = add("LabelEncoder", {place}, "label");
        label.set_domain("ai.onnx.ml");
        std::vector<std::int64_t> places;
        for (std::size_t at = 0; at < classes; ++at)
            places.push_back(static_cast<std::int64_t>(at));
        set(label, "keys_int64s", places);
        set(label, "values_strings", model_.classes);
        describe(*graph_.add_output(), "label", onnx::TensorProto::STRING, 0);
        describe(*graph_.add_output(), "probabilities", real_, classes);
    }

    void put_value(std::string value) {
        if (!in_double_) value = cast(value, onnx::TensorProto::DOUBLE);
        value = node("Mul", {value, numbers({1, 1}, {model_.target_scale}, true)});
        add("Add", {value, numbers({1, 1}, {model_.target_shift}, true)}, "value");
        describe(*graph_.add_output(), "value", onnx::TensorProto::DOUBLE, 1);
    }

    const learn::Model& model_;
    std::vector<PlainLayer> layers_;
    std::string& text_;
    bool in_double_ = false;
    onnx::TensorProto::DataType real_ = onnx::TensorProto::FLOAT;
    onnx::ModelProto proto_;
    onnx::GraphProto& graph_ = *proto_.mutable_graph();
    std::vector<std::size_t> order_;
    std::size_t count_ = 0;
};

}  // namespace

std::string to_onnx(const learn::Model& model) {
    std::string text;
    Graph(model, text).run();
    return text;
}

}  // namespace bradawl::code
