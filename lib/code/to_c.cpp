#include <fmt/format.h>

#include "code/parts.hpp"

namespace bradawl::code {

namespace {

using nn::Activation;
using table::Feature;
using table::Missing;

/// A literal; trigraphs are not left to be found.
std::string c_string(const std::string& text) {
    return quoted(text, '"', [](char c) -> std::string {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7f || c == '?' || c == '"' || c == '\\') return fmt::format("\\{:03o}", byte);
        return {c};
    });
}

std::string in_comment(const std::string& text) {
    return quoted(text, '\'', [](char c) -> std::string {
        return c == '/' || static_cast<unsigned char>(c) < 0x20 ? std::string("?") : std::string(1, c);
    });
}

/// Sets v0[at] and so on from a column.
std::string put_feature(const Feature& feature, const std::string& word, std::size_t at) {
    const bool fills = feature.missing != Missing::error && feature.missing != Missing::drop;
    if (!feature.categorical) {
        const auto scaled = [&](const std::string& value) {
            return fmt::format("({} - {}) / {}", value, real(feature.shift), real(feature.scale));
        };
        if (!fills)
            return fmt::format("    if (isnan(row->{0})) return -1;\n    v0[{1}] = {2};\n", word, at,
                               scaled("row->" + word));
        std::string text =
            fmt::format("    v0[{}] = {};\n", at,
                        scaled(fmt::format("(isnan(row->{0}) ? {1} : row->{0})", word, real(feature.substitute))));
        if (feature.missing == Missing::indicator)
            text += fmt::format("    v0[{}] = isnan(row->{}) ? 1.0 : 0.0;\n", at + 1, word);
        return text;
    }
    std::string text = fmt::format("    known = 0;\n    missing = row->{0} == NULL || row->{0}[0] == '\\0';\n", word);
    if (!fills) text += "    if (missing) return -1;\n";
    for (std::size_t value = 0; value < feature.values.size(); ++value)
        text += fmt::format(
            "    v0[{0}] = !missing && strcmp(row->{1}, {2}) == 0 ? 1.0 : 0.0;\n"
            "    known = known || v0[{0}] == 1.0;\n",
            at + value, word, c_string(feature.values[value]));
    std::size_t next = at + feature.values.size();
    if (feature.unknown == table::Unknown::error) text += "    if (!missing && !known) return -1;\n";
    if (feature.unknown == table::Unknown::other)
        text += fmt::format("    v0[{}] = !missing && !known ? 1.0 : 0.0;\n", next++);
    if (feature.missing == Missing::indicator) text += fmt::format("    v0[{}] = missing ? 1.0 : 0.0;\n", next);
    return text;
}

std::string arrays(const PlainLayer& layer, std::size_t place) {
    const auto row = [](const std::vector<double>& numbers) {
        std::string text = "{";
        for (std::size_t at = 0; at < numbers.size(); ++at)
            text += (at == 0 ? "" : at % 6 == 0 ? ",\n     " : ", ") + real(numbers[at]);
        return text + "}";
    };
    std::string text =
        fmt::format("static const double w{}[{}][{}] = {{\n", place, layer.columns.size(), layer.columns[0].size());
    for (const auto& column : layer.columns)
        text += "    " + row(column) + ",\n";
    return text + fmt::format("}};\nstatic const double b{}[{}] = {};\n\n", place, layer.bias.size(), row(layer.bias));
}

std::string activation(const PlainLayer& layer) {
    switch (layer.options.activation) {
        case Activation::sigmoid:
            return "z[j] >= 0 ? 1 / (1 + exp(-z[j])) : exp(z[j]) / (1 + exp(z[j]))";
        case Activation::tanh:
            return "tanh(z[j])";
        case Activation::relu:
            return layer.options.slope == 0 ? "z[j] > 0 ? z[j] : 0"
                                            : fmt::format("z[j] > 0 ? z[j] : {} * z[j]", real(layer.options.slope));
        case Activation::softplus:
            return "(z[j] > 0 ? z[j] : 0) + log1p(exp(-fabs(z[j])))";
        default:
            return "z[j]";
    }
}

std::string apply_layer(const PlainLayer& layer, std::size_t place) {
    std::string text = fmt::format(
        "    for (j = 0; j < {0}; ++j) {{\n        z[j] = b{1}[j];\n        for (i = 0; i < {2}; ++i)\n"
        "            z[j] += w{1}[j][i] * v{1}[i];\n    }}\n",
        layer.columns.size(), place, layer.columns[0].size());
    if (layer.options.activation == Activation::softmax)
        return text + fmt::format(
                          "    most = z[0];\n    for (j = 1; j < {0}; ++j)\n        most = z[j] > most ? z[j] : most;\n"
                          "    sum = 0;\n    for (j = 0; j < {0}; ++j)\n        sum += z[j] = exp(z[j] - most);\n"
                          "    for (j = 0; j < {0}; ++j)\n        v{1}[j] = z[j] / sum;\n",
                          layer.columns.size(), place + 1);
    if (layer.options.activation == Activation::maxout)
        return text + fmt::format(
                          "    for (j = 0; j < {0}; ++j) {{\n        most = {3};\n        for (i = 0; i < {1}; ++i)\n"
                          "            most = z[j * {1} + i] > most ? z[j * {1} + i] : most;\n        v{2}[j] = "
                          "most;\n    }}\n",
                          layer.options.units, layer.options.pieces, place + 1,
                          layer.options.min_zero ? "0" : fmt::format("z[j * {}]", layer.options.pieces));
    return text + fmt::format("    for (j = 0; j < {}; ++j)\n        v{}[j] = {};\n", layer.columns.size(), place + 1,
                              activation(layer));
}

std::string finish(const learn::Model& model, const std::vector<PlainLayer>& layers) {
    const std::size_t last = layers.size();
    if (!model.classification)
        return fmt::format("    out[0] = v{}[0] * {} + {};\n    return 0;\n}}\n", last, real(model.target_scale),
                           real(model.target_shift));
    if (layers.back().columns.size() == 1)
        return fmt::format("    out[1] = v{0}[0];\n    out[0] = 1 - v{0}[0];\n    return out[1] > out[0];\n}}\n", last);
    return fmt::format(
        "    best = 0;\n    for (j = 0; j < {0}; ++j) {{\n        out[j] = v{1}[j];\n"
        "        if (out[j] > out[best]) best = j;\n    }}\n    return best;\n}}\n",
        layers.back().columns.size(), last);
}

/// A program around it, for those who want one.
constexpr const char* program = R"(
#ifdef @_MAIN
/* cc -D@_MAIN FILE.c -lm; reads CSV with a header and no quotes on standard input. */
#include <stdio.h>
#include <stdlib.h>

static int @_split(char *line, char **fields, int most)
{
    int count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    while (count < most) {
        char *comma = strchr(line, ',');
        fields[count++] = line;
        if (comma == NULL) break;
        *comma = '\0';
        line = comma + 1;
    }
    return count;
}

int main(void)
{
    static char header[1 << 20], line[1 << 20];
    static char *names[65536], *fields[65536];
    int place[@_COLUMNS], count, at, column;
    double out[@_OUTPUTS];
    struct @_row row;
    if (fgets(header, sizeof header, stdin) == NULL) return 65;
    count = @_split(header, names, 65536);
    for (column = 0; column < @_COLUMNS; ++column) {
        for (at = 0; at < count && strcmp(names[at], @_columns[column]) != 0; ++at)
            continue;
        if (at == count) {
            fprintf(stderr, "no column '%s'\n", @_columns[column]);
            return 65;
        }
        place[column] = at;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (@_split(line, fields, 65536) != count) return 65;
        @_read(&row, fields, place);
        at = @(&row, out);
        if (at < 0) return 65;
@_PRINT
    }
    return 0;
}
#endif
)";

std::string program_of(const learn::Model& model, const std::string& symbol, const std::vector<std::string>& words) {
    std::string reader = fmt::format(
        "\n#ifdef {0}_MAIN\n#include <stdlib.h>\nenum {{ {0}_COLUMNS = {1}, {0}_OUTPUTS = {2} }};\n"
        "static const char *const {0}_columns[] = {{",
        symbol, words.size(), model.classification ? model.classes.size() : 1);
    for (std::size_t at = 0; at < words.size(); ++at)
        reader += (at > 0 ? ", " : "") + c_string(model.features[at].name);
    reader += fmt::format(
        "}};\n\nstatic void {0}_read(struct {0}_row *row, char **fields, const int *place)\n{{\n"
        "    char *end;\n",
        symbol);
    for (std::size_t at = 0; at < words.size(); ++at) {
        reader += model.features[at].categorical
                      ? fmt::format("    row->{} = fields[place[{}]];\n", words[at], at)
                      : fmt::format(
                            "    row->{0} = strtod(fields[place[{1}]], &end);\n"
                            "    if (end == fields[place[{1}]] || *end != '\\0') row->{0} = NAN;\n",
                            words[at], at);
    }
    reader += "    (void)end;\n}\n#endif\n";
    std::string text = program;
    const std::string print = model.classification ? "        printf(\"%s,%.9f\\n\", @_classes[at], out[at]);"
                                                   : "        printf(\"%.17g\\n\", out[0]);";
    text.replace(text.find("@_PRINT"), 7, print);
    for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at))
        text.replace(at, 1, symbol);
    return reader + text;
}

}  // namespace

std::string to_c(const learn::Model& model, const std::string& symbol) {
    const std::vector<PlainLayer> layers = plain_layers(model);
    const std::vector<std::string> words = column_words(model);
    std::string text = fmt::format(
        "/* A network that says {} of a row; written by nn-train. C99, needs -lm. */\n"
        "#include <math.h>\n#include <stddef.h>\n#include <string.h>\n\nstruct {}_row {{\n",
        in_comment(model.target), symbol);
    for (std::size_t at = 0; at < words.size(); ++at)
        text += fmt::format("    {}{}; /* {} */\n", model.features[at].categorical ? "const char *" : "double ",
                            words[at], in_comment(model.features[at].name));
    text += "};\n\n";
    if (model.classification) {
        text += fmt::format("const char *const {}_classes[] = {{", symbol);
        for (std::size_t at = 0; at < model.classes.size(); ++at)
            text += (at > 0 ? ", " : "") + c_string(model.classes[at]);
        text += "};\n\n";
    }
    std::size_t widest = 1;
    for (std::size_t at = 0; at < layers.size(); ++at) {
        text += arrays(layers[at], at);
        widest = std::max(widest, layers[at].columns.size());
    }
    text += fmt::format(
        "/* {} Returns {}, or -1 for a row that has no answer: a value is missing\n"
        "   (NaN, or NULL for words) or a word unknown that the network was not trained for. */\n"
        "int {}(const struct {}_row *row, double *out)\n{{\n",
        model.classification ? "out: the probability of each class." : "out: one number.",
        model.classification ? "the place of the likeliest class" : "0", symbol, symbol);
    text += fmt::format("    double v0[{}]", table::total_width(model.features));
    for (std::size_t at = 0; at < layers.size(); ++at)
        text += fmt::format(", v{}[{}]", at + 1, layers[at].options.units);
    text += fmt::format(", z[{}], most = 0, sum = 0;\n    int i, j, best = 0, known = 0, missing = 0;\n", widest);
    std::size_t place = 0;
    for (std::size_t at = 0; at < words.size(); ++at) {
        text += put_feature(model.features[at], words[at], place);
        place += model.features[at].width();
    }
    for (std::size_t at = 0; at < layers.size(); ++at)
        text += apply_layer(layers[at], at);
    text += "    (void)most, (void)sum, (void)best, (void)known, (void)missing;\n" + finish(model, layers);
    return text + program_of(model, symbol, words);
}

}  // namespace bradawl::code
