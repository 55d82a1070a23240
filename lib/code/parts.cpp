#include "code/parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "code/source.hpp"
#include "core/error.hpp"
#include "text/printable.hpp"

namespace bradawl::code {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace

std::vector<PlainLayer> plain_layers(const learn::Model& model) {
    std::vector<PlainLayer> layers;
    const auto add = [&](const auto& network) {
        for (const auto& layer : network.layers) {
            PlainLayer plain{layer.options, {}, {}};
            for (std::size_t column = 0; column < layer.columns(); ++column) {
                plain.columns.emplace_back();
                for (std::size_t from = 0; from < layer.in; ++from)
                    plain.columns.back().push_back(static_cast<double>(layer.weights[from * layer.stride() + column]));
                plain.bias.push_back(static_cast<double>(layer.bias[column]));
            }
            layers.push_back(std::move(plain));
        }
    };
    std::visit(add, model.network);
    return layers;
}

std::string real(double value) {
    std::string text = fmt::format("{}", value);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

std::string word_of(const std::string& text) {
    std::string word;
    for (const char c : text)
        word += is_letter(c) || (c >= '0' && c <= '9') ? c : '_';
    return word.empty() || !is_letter(word[0]) ? "x" + word : word;
}

std::vector<std::string> column_words(const learn::Model& model) {
    std::vector<std::string> words;
    for (const table::Feature& feature : model.features) {
        std::string word = "in_" + word_of(feature.name);
        while (std::find(words.begin(), words.end(), word) != words.end())
            word += '_';
        words.push_back(word);
    }
    return words;
}

std::string source_of(const learn::Model& model, Language language, const std::string& symbol,
                      const std::vector<std::string>& kept) {
    if (symbol.empty() || word_of(symbol) != symbol)
        throw Error(Fault::usage,
                    fmt::format("--symbol: '{}' is no name of letters, digits and _", text::printable(symbol)));
    switch (language) {
        case Language::awk:
            return to_awk(model);
        case Language::onnx:
            return to_onnx(model);
        case Language::sql:
            return to_sql(model, symbol, kept);
        default:
            return to_c(model, symbol);
    }
}

}  // namespace bradawl::code
