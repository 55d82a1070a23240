#include "cli/layers.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "cli/toml.hpp"
#include "core/error.hpp"
#include "io/input.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"

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
        option.add_result(option.get_flag_value(option.get_single_name(), values.empty() ? "true" : values.front()));
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

/// Whether the environment and the configuration may set `option`.
bool is_setting(const CLI::Option& option) {
    if (option.get_group().empty() || option.get_lnames().empty()) return false;
    const std::string& name = option.get_lnames().front();
    return name != "help" && name != "version" && name != "config";
}

/// The setting of `app` called `key`, or null.
CLI::Option* find_setting(CLI::App& app, const std::string& key) {
    CLI::Option* option = app.get_option_no_throw("--" + key);
    return option != nullptr && is_setting(*option) ? option : nullptr;
}

Error unknown_key(CLI::App& app, CLI::App& owner, const TomlItem& item, const std::string& place) {
    std::vector<std::string> names;
    for (const CLI::Option* option : owner.get_options()) {
        if (is_setting(*option)) names.push_back(option->get_lnames().front());
    }
    const std::string near = text::nearest(item.key, names);
    std::string hint = near.empty() ? "" : "did you mean '" + near + "'?";
    if (find_setting(app, item.key) != nullptr) hint = "it belongs to every command: put it before the first section";
    return {Fault::config, fmt::format("{}unknown key '{}'", place, text::printable(item.key)), hint};
}

void apply_item(CLI::App& app, const TomlItem& item, const std::string& place) {
    CLI::App* owner = &app;
    if (!item.section.empty()) {
        const auto named = [&](const CLI::App* command) { return command->get_name() == item.section; };
        const auto commands = app.get_subcommands(named);
        if (commands.empty()) throw Error(Fault::config, place + "unknown section [" + item.section + "]");
        owner = commands.front();
    }
    if (item.key.empty()) return;
    CLI::Option* option = find_setting(*owner, item.key);
    if (option == nullptr) throw unknown_key(app, *owner, item, place);
    const bool selected = owner == &app || owner->parsed();
    if (option->count() > 0 || !selected) return;
    try {
        give(*option, item.values);
    } catch (const CLI::Error& error) {
        throw Error(Fault::config, place + error.what());
    }
}

void apply_config(CLI::App& app, const std::string& path, bool path_given) {
    source = Source::config_file;
    secret_in_config = false;
    if (path.empty() || (!path_given && !std::ifstream(path).good())) return;
    for (const TomlItem& item : read_toml(io::read_document(path), path))
        apply_item(app, item, fmt::format("{}:{}: ", path, item.line));
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
            if (!is_setting(*option) || !option->get_envname().empty()) continue;
            std::string name = option->get_lnames().front();
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
