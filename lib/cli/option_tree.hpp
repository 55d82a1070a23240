#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bradawl::cli {

/// What is known of one option, for help, completions and the comparison with the man page.
struct OptionFacts {
    std::string letter;              ///< `d` of `-d`, or empty
    std::string name;                ///< `data` of `--data`, or empty
    std::string value;               ///< `FILE`; `reject|fail|pass` for a choice; empty for a flag
    std::vector<std::string> words;  ///< of a choice
    std::string group;               ///< heading in --help
    std::string description;
    std::string environment;  ///< variable that sets it
};

/// A command of the tool: the tool itself (empty name) or one of its subcommands.
struct CommandFacts {
    std::string name;
    std::string description;
    std::vector<std::string> operands;  ///< `URL`, `[FILE]...`
    std::vector<OptionFacts> options;   ///< in order of declaration, hidden ones left out
};

/// The tool itself first, then its subcommands in order of declaration.
std::vector<CommandFacts> option_tree(const CLI::App& app);

/// The long option names of `app` and, for a subcommand, of the tool it belongs to.
std::vector<std::string> long_names(const CLI::App& app);

}  // namespace bradawl::cli
