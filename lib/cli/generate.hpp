#pragma once

#include <string>

namespace CLI {
class App;
}

namespace bradawl::cli {

struct Tool;

/// What the hidden --generate prints from the live option tree: `options` (a line an option: command, letter, name,
/// value and environment variable with tabs between), or the completion for `bash`, `zsh` or `fish`.
/// Errors: Fault::usage for another `kind`.
std::string generate(const Tool& tool, const CLI::App& app, const std::string& kind);

}  // namespace bradawl::cli
