#include "cli/help.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/option_tree.hpp"
#include "cli/run.hpp"

namespace bradawl::cli {

namespace {

constexpr std::size_t width = 80;
constexpr std::size_t margin = 30;  // where descriptions begin

/// Appends `text` in words, wrapped at `width`, each further line indented by `indent`. `column` is where out stands.
void append_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t indent) {
    bool first = true;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        if (!first && column + 1 + word.size() > width) {
            out += '\n';
            out.append(indent, ' ');
            column = indent;
        } else if (!first) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
        first = false;
    }
    out += '\n';
}

std::string synopsis_of(const OptionFacts& option) {
    std::string text = option.letter.empty() ? "    " : "-" + option.letter + (option.name.empty() ? "" : ", ");
    if (!option.name.empty()) text += "--" + option.name;
    if (!option.value.empty()) text += (option.name.empty() ? " " : "=") + option.value;
    return text;
}

void append_row(std::string& out, const std::string& left, std::string_view description) {
    out += "  " + left;
    std::size_t column = 2 + left.size();
    if (column + 2 > margin) {
        out += '\n';
        column = 0;
    }
    out.append(margin - column, ' ');
    append_wrapped(out, description, margin, margin);
}

void append_options(std::string& out, const std::vector<OptionFacts>& options) {
    std::vector<std::string> groups;
    for (const auto& option : options) {
        if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) groups.push_back(option.group);
    }
    for (const auto& group : groups) {
        out += "\n" + group + ":\n";
        for (const auto& option : options) {
            if (option.group == group) append_row(out, synopsis_of(option), option.description);
        }
    }
}

}  // namespace

std::string help_text(const Tool& tool, const CLI::App& root, const CLI::App& command) {
    const auto tree = option_tree(root);
    const bool whole = &command == &root;
    const bool has_commands = tree.size() > 1;
    const auto named = std::find_if(tree.begin(), tree.end(), [&](const CommandFacts& facts) {
        return whole ? facts.name.empty() : facts.name == command.get_name();
    });
    std::string operands;
    for (const auto& operand : named->operands)
        operands += " " + operand;
    std::string usage = "Usage: " + tool.name;
    if (has_commands) usage += whole ? " COMMAND" : " " + named->name;
    std::string out;
    append_wrapped(out, usage + " [OPTION]..." + (whole && has_commands ? "" : operands), 0, 7);
    append_wrapped(out, (whole ? tool.summary : named->description) + ".", 0, 0);
    if (whole && has_commands) {
        out += "\nCommands:\n";
        for (std::size_t i = 1; i < tree.size(); ++i)
            append_row(out, tree[i].name, tree[i].description);
    }
    append_options(out, named->options);
    if (!whole) {
        out += fmt::format("\nFurther options of every command: {} --help\n", tool.name);
    }
    out += "\nExample:\n  " + tool.example + "\n";
    append_wrapped(out, fmt::format("The manual: man {}", tool.name), 0, 0);
    return out;
}

}  // namespace bradawl::cli
