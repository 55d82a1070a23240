#pragma once

#include <string>

namespace CLI {
class App;
}

namespace bradawl::cli {

struct Tool;

/// The text of `--help` for `command` (the tool itself or one of its subcommands): at most 80 columns, options by
/// group, an example and the man page's name at the end.
std::string help_text(const Tool& tool, const CLI::App& root, const CLI::App& command);

}  // namespace bradawl::cli
