#pragma once

#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace bradawl::cli {

/// Where the value of an option comes from, the strongest first.
enum class Source { command_line, environment, config_file };

/// The source of the value that an option's callback is being given now.
Source current_source();

/// Told by an option's callback that it took a secret from the configuration file.
void note_secret_in_config();

/// `PREFIX_LONG_NAME` for each long option of `app` and its subcommands that names no variable of its own.
void name_environment(CLI::App& app, const std::string& prefix);

/// While this lives, CLI11 knows no environment variables of `app` and its subcommands: parsing argv, it would take
/// their values as the command line's, and for --help too.
class EnvironmentUnread {
public:
    explicit EnvironmentUnread(CLI::App& app);
    ~EnvironmentUnread();
    EnvironmentUnread(const EnvironmentUnread&) = delete;
    EnvironmentUnread& operator=(const EnvironmentUnread&) = delete;

private:
    std::vector<std::pair<CLI::Option*, std::string>> names_;
};

/// Gives options that the command line left alone their value from the environment, then from the TOML file at `path`
/// (keys are option names; a section a subcommand). A file that is not there is an error only when `path_given`.
/// Call after CLI11 has parsed argv. Errors: Fault::usage for a bad value in the environment; Fault::config for a file
/// that cannot be read, an unknown key (with its line and the nearest known one), a bad value, or a secret in a file
/// that others may read.
void apply_layers(CLI::App& app, const std::string& path, bool path_given);

/// `$XDG_CONFIG_HOME/bradawl/TOOL.toml`, with `$HOME/.config` where that is not set; empty where neither is.
std::string default_config_path(const std::string& tool);

}  // namespace bradawl::cli
