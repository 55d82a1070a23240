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

/// The offset behind the string that begins at `begin`; the end of the line, or of the text, when it does not end.
std::size_t behind_string(std::string_view text, std::size_t begin) {
    const char quote = text[begin];
    const std::string_view three = quote == '"' ? "\"\"\"" : "'''";
    const bool is_long = text.substr(begin, 3) == three;
    for (std::size_t at = begin + (is_long ? 3 : 1); at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (is_long ? text.substr(at, 3) == three : text[at] == quote || text[at] == '\n') {
            return at + (is_long ? 3 : 1);
        }
    }
    return text.size();
}

/// Refuses characters beyond ASCII where TOML has none: outside of strings and comments. toml++ 3.3 goes astray over
/// some of them (it holds those it does not know as white space for unreachable).
void check_characters(std::string_view text, const std::string& name) {
    for (std::size_t at = text.starts_with("\xef\xbb\xbf") ? 3 : 0; at < text.size();) {
        if (text[at] == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (text[at] == '"' || text[at] == '\'') {
            at = behind_string(text, at);
        } else if (static_cast<unsigned char>(text[at]) >= 0x80) {
            const std::string_view before = text.substr(0, at);
            const auto line = std::count(before.begin(), before.end(), '\n') + 1;
            throw Error(Fault::config,
                        fmt::format("{}:{}:{}: '{}' outside of quotes", name, line, at - (before.rfind('\n') + 1) + 1,
                                    text::printable(text.substr(at, 4))));
        } else {
            ++at;
        }
    }
}

}  // namespace

Node read_toml(std::string_view text, const std::string& name) {
    check_characters(text, name);
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
