#include "cli/layers.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "cli/option_tree.hpp"
#include "core/error.hpp"
#include "io/input.hpp"
#include "text/nearest.hpp"

namespace bradawl::cli {

namespace {

// CLI11 gives a callback its value and nothing else; this says beside it where the value was written.
Source source = Source::command_line;
bool secret_in_config = false;

std::vector<CLI::App*> with_subcommands(CLI::App& app) {
    std::vector<CLI::App*> all{&app};
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        all.push_back(command);
    return all;
}

void give(CLI::Option& option, const std::vector<std::string>& values) {
    option.clear();
    if (option.get_expected_min() == 0) {  // a flag: `true`, `false`, or how often
        option.add_result(option.get_flag_value(option.get_name(), values.empty() ? "true" : values.front()));
    } else {
        for (const auto& value : values)
            option.add_result(value);
    }
    option.run_callback();
}

void apply_environment(CLI::App& app) {
    source = Source::environment;
    for (CLI::Option* option : app.get_options()) {
        const std::string variable = option->get_envname();
        const char* value = variable.empty() || option->count() > 0 ? nullptr : std::getenv(variable.c_str());
        if (value == nullptr || *value == '\0') continue;
        try {
            give(*option, {value});
        } catch (const CLI::Error& error) {
            throw Error(Fault::usage, fmt::format("{} in the environment: {}", variable, error.what()));
        }
    }
}

/// `path:line: ` of the first line of `text` that sets `key`, or `path: `.
std::string place_of(const std::string& path, const std::string& text, const std::string& key) {
    std::size_t number = 1;
    for (std::size_t begin = 0; begin < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const auto line = std::string_view(text).substr(begin, end - begin);
        const auto first = std::min(line.find_first_not_of(" \t\"'["), line.size());
        const auto word = line.substr(first, line.find_first_of(" \t\"'=]", first) - first);
        if (word == key) return fmt::format("{}:{}: ", path, number);
        begin = end + 1;
    }
    return path + ": ";
}

CLI::Option* find_option(CLI::App& app, const std::string& key) {
    CLI::Option* option = app.get_option_no_throw("--" + key);
    return option == nullptr || option->get_group().empty() ? nullptr : option;
}

void apply_item(CLI::App& app, const CLI::ConfigItem& item, const std::string& path, const std::string& text) {
    if (item.name == "++" || item.name == "--") return;  // CLI11's marks of a section's begin and end
    CLI::App* owner = &app;
    for (const auto& section : item.parents) {
        const auto commands = owner->get_subcommands([&](const CLI::App* sub) { return sub->get_name() == section; });
        if (commands.empty()) {
            throw Error(Fault::config, place_of(path, text, section) + "unknown section [" + section + "]");
        }
        owner = commands.front();
    }
    CLI::Option* option = find_option(*owner, item.name);
    if (option == nullptr) {
        const std::string near = text::nearest(item.name, long_names(*owner));
        throw Error(Fault::config, place_of(path, text, item.name) + "unknown key '" + item.name + "'",
                    near.empty() ? "" : "did you mean '" + near + "'?");
    }
    const bool selected = owner == &app || owner->parsed();
    if (option->count() > 0 || !selected) return;
    try {
        give(*option, item.inputs);
    } catch (const CLI::Error& error) {
        throw Error(Fault::config, place_of(path, text, item.name) + error.what());
    }
}

void apply_config(CLI::App& app, const std::string& path, bool path_given) {
    source = Source::config_file;
    secret_in_config = false;
    if (path.empty() || (!path_given && !std::ifstream(path).good())) return;
    const std::string text = io::read_document(path);
    std::istringstream stream(text);
    std::vector<CLI::ConfigItem> items;
    try {
        items = CLI::ConfigTOML().from_config(stream);
    } catch (const CLI::Error& error) {
        throw Error(Fault::config, path + ": not TOML: " + error.what());
    }
    for (const auto& item : items)
        apply_item(app, item, path, text);
    if (secret_in_config) io::require_private(path);
}

}  // namespace

Source current_source() {
    return source;
}

void note_secret_in_config() {
    secret_in_config = true;
}

void name_environment(CLI::App& app, const std::string& prefix) {
    for (CLI::App* command : with_subcommands(app)) {
        for (CLI::Option* option : command->get_options()) {
            const bool hidden = option->get_group().empty();
            if (hidden || option->get_lnames().empty() || !option->get_envname().empty()) continue;
            std::string name = option->get_lnames().front();
            if (name == "help" || name == "version" || name == "config") continue;
            for (char& c : name)
                c = c == '-' || c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
            option->envname(prefix + "_" + name);
        }
    }
}

EnvironmentUnread::EnvironmentUnread(CLI::App& app) {
    for (CLI::App* command : with_subcommands(app)) {
        for (CLI::Option* option : command->get_options()) {
            names_.emplace_back(option, option->get_envname());
            option->envname("");
        }
    }
}

EnvironmentUnread::~EnvironmentUnread() {
    for (const auto& [option, name] : names_)
        option->envname(name);
}

void apply_layers(CLI::App& app, const std::string& path, bool path_given) {
    for (CLI::App* command : with_subcommands(app)) {
        if (command == &app || command->parsed()) apply_environment(*command);
    }
    apply_config(app, path, path_given);
    source = Source::command_line;
}

std::string default_config_path(const std::string& tool) {
    const char* xdg = std::getenv("XDG_CONFIG_HOME");
    if (xdg != nullptr && *xdg == '/') return fmt::format("{}/bradawl/{}.toml", xdg, tool);
    const char* home = std::getenv("HOME");
    return home == nullptr || *home == '\0' ? "" : fmt::format("{}/.config/bradawl/{}.toml", home, tool);
}

}  // namespace bradawl::cli
