#include "recipe/recipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/error.hpp"
#include "io/input.hpp"
#include "learn/layers.hpp"
#include "learn/lists.hpp"
#include "recipe/pylearn2.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"
#include "tree/toml.hpp"
#include "tree/yaml.hpp"

namespace bradawl::recipe {

namespace {

using tree::Node;

/// `text` with every `%(name)i` (or another letter, as Python has it) filled in. Errors: Fault::config for a name that
/// nothing is given for, and for what is given for no name.
std::string fill_in(std::string_view text, const std::string& name,
                    const std::map<std::string, std::string>& fillings) {
    std::string filled;
    std::map<std::string, bool> used;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find(')', at);
        if (text.substr(at, 2) != "%(" || end == text.npos || end + 1 >= text.size() ||
            std::string_view("idfgsr").find(text[end + 1]) == std::string_view::npos) {
            filled += text[at++];
            continue;
        }
        const std::string wanted(text.substr(at + 2, end - at - 2));
        const auto found = fillings.find(wanted);
        if (found == fillings.end()) {
            const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
            throw Error(Fault::config,
                        fmt::format("{}:{}: nothing is given for %({})", name, line, text::printable(wanted)),
                        fmt::format("Give it with --set {}=VALUE.", text::printable(wanted)));
        }
        filled += found->second;
        used[wanted] = true;
        at = end + 2;
    }
    for (const auto& [given, value] : fillings)
        if (!used.contains(given))
            throw Error(Fault::config, fmt::format("{}: there is no %({}) for --set", name, text::printable(given)));
    return filled;
}

/// A value as it would stand on a command line.
std::string spelled(const Node& node, const std::string& place) {
    const auto scalar = [&](const Node& one) {
        if (one.kind != Node::Kind::scalar || !one.tag.empty())
            throw Error(Fault::config, place + ": no text, number, list or table of these");
        return one.text;
    };
    if (node.kind == Node::Kind::scalar) return scalar(node);
    std::string text;
    for (const Node& item : node.items)
        text += (text.empty() ? "" : ",") + learn::list_part(scalar(item));
    for (const auto& [key, value] : node.members)
        text += (text.empty() ? "" : ",") + learn::list_part(key + "=" + scalar(value));
    return text;
}

learn::Values::Layer layer_of(const Node& node, const std::string& name) {
    if (node.kind != Node::Kind::map || node.members.empty())
        throw Error(Fault::config, fmt::format("{}:{}: a layer is a table with keys", name, node.line));
    learn::Values::Layer layer;
    for (const auto& [key, value] : node.members) {
        const std::string place = fmt::format("{}:{}: {}", name, value.line, text::printable(key));
        layer.emplace_back(key, learn::Values::Given{spelled(value, place), place});
    }
    return layer;
}

/// Keys that are settings, and layers.
Recipe read_settings(const Node& root, const std::string& name) {
    if (root.kind != Node::Kind::map) throw Error(Fault::config, name + ": no keys with values");
    std::vector<std::string> known = {"layer", "rows"};
    for (const learn::Setting& setting : learn::settings)
        known.emplace_back(learn::name_of(setting));
    Recipe recipe;
    for (const auto& [key, value] : root.members) {
        std::string plain = key;
        std::replace(plain.begin(), plain.end(), '_', '-');
        const std::string place = fmt::format("{}:{}: {}", name, value.line, text::printable(key));
        if (std::find(known.begin(), known.end(), plain) == known.end()) {
            const std::string near = text::nearest(plain, known);
            throw Error(Fault::config, fmt::format("{}:{}: unknown key '{}'", name, value.line, text::printable(key)),
                        near.empty() ? "" : "Did you mean '" + near + "'?");
        }
        if (plain == "rows") {
            recipe.rows = spelled(value, place);
        } else if (plain == "layer") {
            if (value.kind != Node::Kind::list)
                throw Error(Fault::config, place + ": a list of layers is wanted ([[layer]] in TOML)");
            for (const Node& item : value.items)
                recipe.values.layers.push_back(layer_of(item, name));
        } else {
            recipe.values.given[plain] = {spelled(value, place), place};
        }
    }
    return recipe;
}

/// What a text is by its name, else by how it begins.
enum class Language { toml, json, yaml };

Language language_of(std::string_view text, const std::string& name) {
    for (const auto& [end, language] : {std::pair{".toml", Language::toml}, std::pair{".json", Language::json},
                                        std::pair{".yaml", Language::yaml}, std::pair{".yml", Language::yaml}})
        if (name.ends_with(end)) return language;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first != text.npos && text[first] == '{') return Language::json;
    return text.find("!obj:") != text.npos ? Language::yaml : Language::toml;
}

}  // namespace

table::RowsOptions Recipe::spelling(table::RowsOptions given) const {
    given.header = given.header && header;
    if (given.separator == 0) given.separator = separator;
    return given;
}

Recipe read_recipe(std::string_view text, const std::string& name, const std::map<std::string, std::string>& fillings) {
    const std::string filled = fill_in(text, name, fillings);
    switch (language_of(filled, name)) {
        case Language::toml:
            return read_settings(tree::read_toml(filled, name), name);
        case Language::json:
            return read_settings(tree::read_json(filled, name), name);
        case Language::yaml:
            break;
    }
    const Node root = tree::read_yaml(filled, name);
    return root.tag.empty() ? read_settings(root, name) : read_pylearn2(root, name);
}

Recipe read_recipe(const std::string& path, const std::map<std::string, std::string>& fillings) {
    return read_recipe(io::read_document(path), path == "-" ? "standard input" : path, fillings);
}

}  // namespace bradawl::recipe
