#include "cli/option_tree.hpp"

#include <CLI/CLI.hpp>

namespace bradawl::cli {

namespace {

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t end = text.find(at); end != text.npos; end = text.find(at, begin)) {
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

OptionFacts facts_of(const CLI::Option& option) {
    OptionFacts facts;
    if (!option.get_snames().empty()) facts.letter = option.get_snames().front();
    if (!option.get_lnames().empty()) facts.name = option.get_lnames().front();
    if (option.get_expected_min() != 0) facts.value = option.get_type_name();
    const bool lower_case_words =
        !facts.value.empty() && facts.value.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ@") == std::string::npos;
    if (lower_case_words) facts.words = split(facts.value, '|');
    facts.group = option.get_group();
    facts.description = option.get_description();
    facts.environment = option.get_envname();
    return facts;
}

CommandFacts command_of(const CLI::App& app, bool root) {
    CommandFacts command;
    if (!root) command.name = app.get_name();
    command.description = app.get_description();
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group().empty()) continue;
        if (option->get_positional()) {
            const bool list = option->get_items_expected_max() > 1;  // a list may be empty, a single operand may not
            command.operands.push_back(list ? "[" + option->get_name(true) + "]..." : option->get_name(true));
        } else {
            command.options.push_back(facts_of(*option));
        }
    }
    return command;
}

}  // namespace

std::vector<CommandFacts> option_tree(const CLI::App& app) {
    std::vector<CommandFacts> tree{command_of(app, true)};
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (!command->get_group().empty()) tree.push_back(command_of(*command, false));
    }
    return tree;
}

std::vector<std::string> long_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* owner = &app; owner != nullptr; owner = owner->get_parent()) {
        for (const CLI::Option* option : owner->get_options()) {
            if (option->get_group().empty()) continue;
            for (const auto& name : option->get_lnames())
                names.push_back(name);
        }
    }
    return names;
}

}  // namespace bradawl::cli
