#include "cli/toml.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "text/printable.hpp"
#include "tree/toml.hpp"

namespace bradawl::cli {

namespace {

using tree::Node;

TomlItem setting(const std::string& section, const std::string& key, const Node& node, const std::string& name) {
    TomlItem item{section, key, {}, node.line};
    const auto add = [&](const Node& value) {
        if (value.kind != Node::Kind::scalar)
            throw Error(Fault::config, fmt::format("{}:{}: '{}' is no text, number, true, false or list of these", name,
                                                   value.line, text::printable(key)));
        item.values.push_back(value.text);
    };
    if (node.kind == Node::Kind::list) {
        for (const Node& value : node.items)
            add(value);
    } else {
        add(node);
    }
    return item;
}

}  // namespace

std::vector<TomlItem> read_toml(std::string_view text, const std::string& name) {
    std::vector<TomlItem> items;
    for (const auto& [key, node] : tree::read_toml(text, name).members) {
        if (node.kind != Node::Kind::map) {
            items.push_back(setting("", key, node, name));
            continue;
        }
        items.push_back({key, "", {}, node.line});
        for (const auto& [inner, value] : node.members)
            items.push_back(setting(key, inner, value, name));
    }
    std::stable_sort(items.begin(), items.end(), [](const TomlItem& a, const TomlItem& b) { return a.line < b.line; });
    return items;
}

}  // namespace bradawl::cli
