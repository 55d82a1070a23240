#include "learn/describe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "learn/names.hpp"
#include "learn/settings.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

constexpr std::size_t most_names = 48;  // bytes of a list of names on a line

/// Names with commas between, as many as go on a line.
template <class List, class Name>
std::string some_names(const List& list, Name name) {
    std::string text;
    std::size_t shown = 0;
    for (const auto& one : list) {
        const std::string next = (shown > 0 ? ", " : "") + text::printable(name(one), most_names);
        if (text.size() + next.size() > most_names) break;
        text += next;
        ++shown;
    }
    return shown == list.size() ? text : text + fmt::format(", and {} more", list.size() - shown);
}

template <class Real>
std::string describe_layers(const nn::Network<Real>& network) {
    std::string text = fmt::format("{}", network.inputs());
    std::size_t numbers = 0;
    for (const nn::Layer<Real>& layer : network.layers) {
        text += fmt::format(" -> {} {}", layer.units(), word_of(activation_words, layer.options.activation));
        numbers += (layer.in + 1) * layer.columns();
    }
    return fmt::format("{} ({} numbers, {})", text, numbers, sizeof(Real) == 4 ? "float" : "double");
}

template <class Real>
void append_weights(const nn::Network<Real>& network, std::string& text) {
    for (const nn::Layer<Real>& layer : network.layers)
        for (std::size_t from = 0; from <= layer.in; ++from)
            for (std::size_t to = 0; to < layer.columns(); ++to) {
                const bool bias = from == layer.in;
                text += fmt::format("{}\t{}\t{}\t{}\n", text::printable(layer.options.name),
                                    bias ? "bias" : std::to_string(from + 1), to + 1,
                                    bias ? layer.bias[to] : layer.weights[from * layer.stride() + to]);
            }
}

std::string quoted_for_toml(const std::string& value) {
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') text += '\\';
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            text += c;
        }
    }
    return text + "\"";
}

}  // namespace

std::string describe_set(const std::string& name, const nn::Scores& scores, bool classification) {
    return classification
               ? fmt::format("{:<11}{} of {} right, {:.2f} %   nll {:.4f}\n", name, scores.rows - scores.wrong,
                             scores.rows, 100 - scores.misclass * 100, scores.nll)
               : fmt::format("{:<11}{} rows   rmse {:.6g}   mae {:.6g}   r2 {:.4f}\n", name, scores.rows, scores.rmse,
                             scores.mae, scores.r2);
}

std::string describe(const Model& model) {
    const auto itself = [](const std::string& name) { return name; };
    std::string text = fmt::format("target     {}", text::printable(model.target));
    if (model.classification)
        text += fmt::format(": {} classes, {}", model.classes.size(), some_names(model.classes, itself));
    text += fmt::format("\ninputs     {}: {}\n", model.features.size(),
                        some_names(model.features, [](const table::Feature& feature) { return feature.name; }));
    text += fmt::format("network    {}\n",
                        std::visit([](const auto& network) { return describe_layers(network); }, model.network));
    text += fmt::format("trained    on {} rows, watched {}, tested {}; best epoch {}, stopped by {}\n",
                        model.train_rows, model.valid_rows, model.test_rows, model.best_epoch, model.stopped);
    for (const auto& [set, scores] : model.metrics)
        text += describe_set(set, scores, model.classification);
    std::string settings_text;
    for (const auto& [name, value] : model.config) {
        const auto setting = std::find_if(settings.begin(), settings.end(),
                                          [&wanted = name](const Setting& one) { return wanted == name_of(one); });
        if (setting != settings.end() && value != setting->fallback)
            settings_text += fmt::format("{}{}={}", settings_text.empty() ? "" : " ", name, text::printable(value));
    }
    text += fmt::format("settings   {}\n", settings_text);
    return text + fmt::format("data       sha256 {}\nweights    sha256 {}{}\n", model.data_sha256,
                              weights_sha256(model), model.edited ? " (edited since it was trained)" : "");
}

std::string describe(const Model& model, Shown what) {
    switch (what) {
        case Shown::weights:
            return describe_weights(model);
        case Shown::config:
            return describe_config(model);
        case Shown::history:
            return describe_history(model);
        case Shown::json:
            return to_json(model);
        default:
            return describe(model);
    }
}

std::string describe_config(const Model& model) {
    std::string text;
    for (const auto& [name, value] : model.config)
        if (!value.empty()) text += fmt::format("{} = {}\n", name, quoted_for_toml(value));
    return text;
}

std::string describe_weights(const Model& model) {
    std::string text = "layer\tfrom\tto\tweight\n";
    std::visit([&](const auto& network) { append_weights(network, text); }, model.network);
    return text;
}

std::string describe_history(const Model& model) {
    if (model.history.size() < 2) throw Error(Fault::data, "the model has no history", "Train it with --history.");
    std::string text;
    for (std::string_view rest(model.history.data() + 1, model.history.size() - 2); !rest.empty();) {
        const std::size_t end = std::min(rest.find(",\n"), rest.size());
        text.append(rest.substr(0, end)).append("\n");
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return text;
}

std::optional<double> figure_of(const Model& model, const std::string& name) {
    for (const auto& [set, scores] : model.metrics) {
        if (!name.starts_with(set + "_")) continue;
        const std::string figure = name.substr(set.size() + 1);
        if (model.classification) {
            if (figure == "acc" || figure == "accuracy") return 1 - scores.misclass;
            if (figure == "misclass") return scores.misclass;
            if (figure == "nll") return scores.nll;
        } else {
            if (figure == "rmse") return scores.rmse;
            if (figure == "mae") return scores.mae;
            if (figure == "r2") return scores.r2;
        }
    }
    return std::nullopt;
}

}  // namespace bradawl::learn
