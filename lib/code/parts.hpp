#pragma once

// What the languages share: a model as plain numbers. Private to this room.

#include <string>
#include <vector>

#include "learn/model.hpp"

namespace bradawl::code {

/// A layer as rows of numbers in double, exactly those of the model.
struct PlainLayer {
    nn::LayerOptions options;
    std::vector<std::vector<double>> columns;  ///< weights into each column, from every input
    std::vector<double> bias;
};

std::vector<PlainLayer> plain_layers(const learn::Model& model);

/// The shortest text that reads back as the same double, always with a point or an exponent.
std::string real(double value);

/// `text` as a word of letters, digits and `_` that begins with none of the digits.
std::string word_of(const std::string& text);

/// Words for the columns of the model's inputs, all different.
std::vector<std::string> column_words(const learn::Model& model);

/// `text` between quotes, with each character for which `escape` gives another text.
template <class Escape>
std::string quoted(const std::string& text, char quote, Escape escape) {
    std::string out(1, quote);
    for (const char c : text)
        out += escape(c);
    return out + quote;
}

std::string to_c(const learn::Model& model, const std::string& symbol);
std::string to_awk(const learn::Model& model);
std::string to_onnx(const learn::Model& model);
std::string to_sql(const learn::Model& model, const std::string& table, const std::vector<std::string>& kept);

}  // namespace bradawl::code
