#include "cli/toml.hpp"

// toml++ asserts what a foreign file can break (a table head `[]`), and with NDEBUG even takes it for granted; without
// its assertions it finds the same faults a step later and reports them.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "core/error.hpp"
#include "text/printable.hpp"

namespace bradawl::cli {

namespace {

std::size_t line_of(const toml::node& node) {
    return node.source().begin.line;
}

/// Walks a parsed file; the members take what it holds to items.
struct Walk {
    const std::string& name;
    std::vector<TomlItem> items;

    std::string text_of(const toml::node& node, const std::string& key) const {
        if (const auto text = node.value_exact<std::string>()) return *text;
        if (const auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
        if (const auto real = node.value_exact<double>()) return fmt::format("{}", *real);
        if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
        throw Error(Fault::config, fmt::format("{}:{}: '{}' is no text, number, true, false or list of these", name,
                                               line_of(node), text::printable(key)));
    }

    void setting(const std::string& section, const std::string& key, const toml::node& node) {
        TomlItem item{section, key, {}, line_of(node)};
        if (const toml::array* list = node.as_array()) {
            for (const toml::node& element : *list)
                item.values.push_back(text_of(element, key));
        } else {
            item.values.push_back(text_of(node, key));
        }
        items.push_back(std::move(item));
    }

    void file(const toml::table& root) {
        for (const auto& [key, node] : root) {
            const toml::table* section = node.as_table();
            if (section == nullptr) {
                setting("", std::string(key.str()), node);
                continue;
            }
            items.push_back({std::string(key.str()), "", {}, line_of(node)});
            for (const auto& [inner, value] : *section)
                setting(std::string(key.str()), std::string(inner.str()), value);
        }
        std::stable_sort(items.begin(), items.end(),
                         [](const TomlItem& a, const TomlItem& b) { return a.line < b.line; });
    }
};

}  // namespace

std::vector<TomlItem> read_toml(std::string_view text, const std::string& name) {
    Walk walk{name, {}};
    try {
        walk.file(toml::parse(text, name));
    } catch (const toml::parse_error& error) {
        const auto place = error.source().begin;
        std::string why = text::printable(error.description(), 200);
        if (why.starts_with("Error while parsing")) why[0] = 'e';
        throw Error(Fault::config, fmt::format("{}:{}:{}: {}", name, place.line, place.column, why));
    }
    return std::move(walk.items);
}

}  // namespace bradawl::cli
