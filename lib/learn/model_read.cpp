#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <functional>

#include "core/error.hpp"
#include "json/check.hpp"
#include "json/cursor.hpp"
#include "json/number.hpp"
#include "json/unescape.hpp"
#include "learn/model.hpp"
#include "learn/names.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

constexpr std::size_t most_units = 1'000'000;

[[noreturn]] void refuse(const std::string& why) {
    throw Error(Fault::data, why, "Models are written by 'nn-train train'.");
}

/// Goes through a model's JSON, which has been checked.
class Reader {
public:
    explicit Reader(std::string_view json) : cursor_(json) {}

    Model run() {
        bool known = false;
        std::string layers;
        std::string wanted;
        members([&](std::string_view key) {
            if (key == "format") {
                known = string() == "nn-train/1";
                if (!known) refuse("format: not 'nn-train/1'");
            } else if (key == "task") {
                model_.classification = word(key, {"regression", "classification"}) == 1;
            } else if (key == "target") {
                members([&](std::string_view inner) { target(inner); });
            } else if (key == "inputs") {
                elements([&] { model_.features.push_back(feature()); });
            } else if (key == "precision") {
                in_double_ = word(key, {"float", "double"}) == 1;
            } else if (key == "layers") {
                layers = cursor_.value();
            } else if (key == "train") {
                members([&](std::string_view inner) { origin(inner); });
            } else if (key == "weights_sha256") {
                wanted = string();
            } else {
                cursor_.value();
            }
        });
        if (!known) refuse("no member 'format'");
        cursor_ = json::Cursor(layers);
        if (in_double_) {
            model_.network = network<double>();
        } else {
            model_.network = network<float>();
        }
        check();
        model_.edited = wanted != weights_sha256(model_);
        return std::move(model_);
    }

private:
    void members(const std::function<void(std::string_view)>& take) {
        const bool found = cursor_.members([&](json::Cursor::Raw key) {
            std::string name;
            if (key.escaped) json::unescape(key.inside, name, json::LoneSurrogate::replace);
            take(key.escaped ? std::string_view(name) : key.inside);
        });
        if (!found) refuse("an object is missing");
    }

    void elements(const std::function<void()>& take) {
        if (!cursor_.take('[')) refuse("an array is missing");
        if (cursor_.take(']')) return;
        do
            take();
        while (cursor_.take(','));
        cursor_.take(']');
    }

    std::string string() {
        if (cursor_.peek() != '"') refuse("a string is missing");
        std::string text;
        json::unescape(cursor_.string().inside, text, json::LoneSurrogate::replace);
        return text;
    }

    double number() {
        const char first = cursor_.peek();
        if (first != '-' && (first < '0' || first > '9')) refuse("a number is missing");
        const json::Double read = json::to_double(cursor_.token());
        if (!std::isfinite(read.value)) refuse("a number that is too large");
        return read.value;
    }

    std::size_t count(std::string_view key, std::size_t most) {
        const double value = number();
        if (!(value >= 0 && value <= static_cast<double>(most)) || value != std::floor(value))
            refuse(fmt::format("{}: {} is not a whole number up to {}", key, value, most));
        return static_cast<std::size_t>(value);
    }

    std::size_t word(std::string_view key, std::initializer_list<std::string_view> known) {
        const std::string text = string();
        std::size_t at = 0;
        for (const std::string_view one : known) {
            if (text == one) return at;
            ++at;
        }
        refuse(fmt::format("{}: '{}' is not known", key, text::printable(text, 40)));
    }

    template <std::size_t size>
    std::size_t word(std::string_view key, const std::array<const char*, size>& known) {
        const std::string text = string();
        const std::size_t at = place_of(known, text);
        if (at == size) refuse(fmt::format("{}: '{}' is not known", key, text::printable(text, 40)));
        return at;
    }

    void target(std::string_view key) {
        if (key == "name") {
            model_.target = string();
        } else if (key == "classes") {
            elements([&] { model_.classes.push_back(string()); });
        } else if (key == "mean") {
            model_.target_shift = number();
        } else if (key == "scale") {
            model_.target_scale = number();
        } else {
            cursor_.value();
        }
    }

    table::Feature feature() {
        table::Feature feature;
        members([&](std::string_view key) {
            if (key == "name") {
                feature.name = string();
            } else if (key == "kind") {
                feature.categorical = word(key, {"numeric", "category"}) == 1;
            } else if (key == "values") {
                elements([&] { feature.values.push_back(string()); });
            } else if (key == "unknown") {
                feature.unknown = static_cast<table::Unknown>(word(key, unknown_words));
            } else if (key == "missing") {
                feature.missing = static_cast<table::Missing>(word(key, missing_words));
            } else if (key == "mean") {
                feature.shift = number();
            } else if (key == "scale") {
                feature.scale = number();
                if (feature.scale == 0) refuse("inputs: a scale of 0");
            } else if (key == "substitute") {
                feature.substitute = number();
            } else {
                cursor_.value();
            }
        });
        return feature;
    }

    void origin(std::string_view key) {
        if (key == "config") {
            members([&](std::string_view name) { model_.config.emplace_back(name, string()); });
        } else if (key == "rows") {
            members([&](std::string_view set) {
                const std::size_t rows = count(set, std::size_t{1} << 53);
                if (set == "train") model_.train_rows = rows;
                if (set == "valid") model_.valid_rows = rows;
                if (set == "test") model_.test_rows = rows;
            });
        } else if (key == "data_sha256") {
            model_.data_sha256 = string();
        } else if (key == "best_epoch") {
            model_.best_epoch = count(key, std::size_t{1} << 53);
        } else if (key == "stopped") {
            model_.stopped = string();
        } else if (key == "metrics") {
            members([&](std::string_view set) { model_.metrics.emplace_back(set, scores()); });
        } else if (key == "history") {
            model_.history = cursor_.value();
        } else {
            cursor_.value();
        }
    }

    nn::Scores scores() {
        nn::Scores scores;
        const std::pair<std::string_view, double*> known[] = {{"nll", &scores.nll},
                                                              {"misclass", &scores.misclass},
                                                              {"rmse", &scores.rmse},
                                                              {"mae", &scores.mae},
                                                              {"r2", &scores.r2}};
        members([&](std::string_view key) {
            if (cursor_.peek() == 'n') return void(cursor_.value());
            if (key == "rows") return void(scores.rows = count(key, std::size_t{1} << 53));
            if (key == "wrong") return void(scores.wrong = count(key, std::size_t{1} << 53));
            for (const auto& [name, place] : known)
                if (key == name) return void(*place = number());
            cursor_.value();
        });
        return scores;
    }

    // --- layers ------------------------------------------------------------------------------------------------

    template <class Real>
    Real weight() {
        cursor_.peek();
        const std::string_view token = cursor_.token();
        Real value{};
        const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
        const bool whole = end == token.data() + token.size();
        if (!whole || error == std::errc::invalid_argument || !std::isfinite(value))
            refuse("layers: a weight is no number");
        if (error == std::errc::result_out_of_range) {  // too small for any but zero, or too large
            if (!(std::abs(json::to_double(token).value) < 1)) refuse("layers: a weight is too large");
            value = 0;
        }
        return value;
    }

    template <class Real>
    void row(Real* to, std::size_t columns) {
        std::size_t at = 0;
        elements([&] {
            if (at == columns) refuse("layers: more weights than 'out' says");
            to[at++] = weight<Real>();
        });
        if (at < columns) refuse("layers: fewer weights than 'out' says");
    }

    template <class Real>
    nn::Layer<Real> layer() {
        nn::Layer<Real> layer;
        std::string weights;
        std::string bias;
        members([&](std::string_view key) {
            if (key == "name") {
                layer.options.name = string();
            } else if (key == "type") {
                layer.options.activation = static_cast<nn::Activation>(word(key, activation_words));
            } else if (key == "in") {
                layer.in = count(key, most_units);
            } else if (key == "out") {
                layer.options.units = count(key, most_units);
            } else if (key == "pieces") {
                layer.options.pieces = count(key, 1000);
            } else if (key == "min_zero") {
                layer.options.min_zero = cursor_.value() == "true";
            } else if (key == "slope") {
                layer.options.slope = number();
            } else if (key == "W") {
                weights = cursor_.value();
            } else if (key == "b") {
                bias = cursor_.value();
            } else {
                cursor_.value();
            }
        });
        if (layer.in == 0 || layer.options.units == 0 || layer.options.pieces == 0) refuse("layers: no units");
        // Each weight has a byte of its own in the text, so that memory is bounded by the file.
        if (weights.size() / 2 / layer.in < layer.columns()) refuse("layers: fewer weights than 'in' and 'out' say");
        layer.weights.resize(layer.in * layer.stride());
        layer.bias.resize(layer.stride());
        const json::Cursor outer = cursor_;
        cursor_ = json::Cursor(weights);
        std::size_t at = 0;
        elements([&] {
            if (at == layer.in) refuse("layers: more rows of weights than 'in' says");
            row(layer.weights.data() + at++ * layer.stride(), layer.columns());
        });
        if (at < layer.in) refuse("layers: fewer rows of weights than 'in' says");
        cursor_ = json::Cursor(bias);
        row(layer.bias.data(), layer.columns());
        cursor_ = outer;
        return layer;
    }

    template <class Real>
    nn::Network<Real> network() {
        nn::Network<Real> network;
        elements([&] { network.layers.push_back(layer<Real>()); });
        if (network.layers.empty()) refuse("no layers");
        std::size_t width = table::total_width(model_.features);
        for (const nn::Layer<Real>& layer : network.layers) {
            if (layer.in != width)
                refuse(fmt::format("layer '{}' reads {} numbers, but gets {}", text::printable(layer.options.name),
                                   layer.in, width));
            width = layer.units();
        }
        for (std::size_t at = 0; at + 1 < network.layers.size(); ++at)
            if (network.layers[at].options.activation == nn::Activation::softmax)
                refuse("layers: softmax stands before the last layer");
        return network;
    }

    void check() const {
        const auto [outputs, kind] = std::visit(
            [](const auto& network) { return std::pair(network.outputs(), network.layers.back().options.activation); },
            model_.network);
        if (kind == nn::Activation::maxout) refuse("layers: the last one cannot be maxout");
        if (model_.features.empty()) refuse("no inputs");
        if (model_.target_scale == 0) refuse("target: a scale of 0");
        if (!model_.classification) {
            if (outputs != 1 || kind != nn::Activation::linear)
                refuse("layers: the last one must be linear, of 1 unit");
            return;
        }
        const bool single = outputs == 1 && kind == nn::Activation::sigmoid && model_.classes.size() == 2;
        if (!single && (kind != nn::Activation::softmax || outputs != model_.classes.size()))
            refuse(fmt::format("layers: {} outputs for {} classes", outputs, model_.classes.size()));
    }

    json::Cursor cursor_;
    Model model_;
    bool in_double_ = false;
};

}  // namespace

Model read_model(std::string_view json, const std::string& name) {
    if (const auto problem = json::check(json))
        throw Error(Fault::data, fmt::format("{}: byte {}: {}", name, problem->offset, problem->what),
                    "Models are written by 'nn-train train'.");
    try {
        return Reader(json).run();
    } catch (const Error& error) {
        throw error.at(name);
    }
}

}  // namespace bradawl::learn
