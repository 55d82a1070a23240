#include "tree/toml.hpp"

// toml++ asserts what a foreign file can break (a table head `[]`), and with NDEBUG even takes it for granted; without
// its assertions it finds the same faults a step later and reports them.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "core/error.hpp"
#include "text/printable.hpp"

namespace bradawl::tree {

namespace {

std::string text_of(const toml::node& node, const std::string& key, const std::string& name) {
    if (const auto text = node.value_exact<std::string>()) return *text;
    if (const auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
    if (const auto real = node.value_exact<double>()) return fmt::format("{}", *real);
    if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
    throw Error(Fault::config, fmt::format("{}:{}: '{}' is no text, number, true, false or list of these", name,
                                           node.source().begin.line, text::printable(key)));
}

Node convert(const toml::node& from, const std::string& key, const std::string& name) {
    Node node;
    node.line = from.source().begin.line;
    if (const toml::table* table = from.as_table()) {
        node.kind = Node::Kind::map;
        for (const auto& [inner, value] : *table)
            node.members.push_back({std::string(inner.str()), convert(value, std::string(inner.str()), name)});
        std::stable_sort(node.members.begin(), node.members.end(),
                         [](const Node::Member& a, const Node::Member& b) { return a.value.line < b.value.line; });
    } else if (const toml::array* array = from.as_array()) {
        node.kind = Node::Kind::list;
        for (const toml::node& item : *array)
            node.items.push_back(convert(item, key, name));
    } else {
        node.text = text_of(from, key, name);
    }
    return node;
}

}  // namespace

Node read_toml(std::string_view text, const std::string& name) {
    try {
        return convert(toml::parse(text, name), "", name);
    } catch (const toml::parse_error& error) {
        const auto place = error.source().begin;
        std::string why = text::printable(error.description(), 200);
        if (why.starts_with("Error while parsing")) why[0] = 'e';
        throw Error(Fault::config, fmt::format("{}:{}:{}: {}", name, place.line, place.column, why));
    }
}

}  // namespace bradawl::tree
