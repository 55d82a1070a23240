#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cli/group.hpp"
#include "cli/run.hpp"

namespace bradawl::cli {

/// How a process ended and what it printed. A signal's code is 128 + its number.
struct Outcome {
    int code = 0;
    std::string out;
    std::string err;
};

/// Runs `action` in a process of its own, whose exit code it returns. `input` is its standard input.
Outcome in_process(const std::function<int()>& action, const std::string& input = {});

using Environment = std::vector<std::pair<std::string, std::string>>;

/// A tool called `tool`, prefix TOOL, run from its command line to its end in a process of its own. Of the environment
/// it sees `environment` only.
Outcome run_tool(const std::function<Work(CLI::App&)>& declare, const std::vector<std::string>& arguments,
                 const Environment& environment = {}, const std::string& input = {});

/// A subcommand of `app`.
CLI::App& add_command(CLI::App& app, const std::string& name, const std::string& description);

enum class Mode { slow, fast };

/// One option of each kind.
struct Sample {
    bool flag = false;
    bool check = true;
    std::string name = "none";
    std::vector<std::string> each;
    double ratio = 0.5;
    std::chrono::nanoseconds time{};
    std::uint64_t size = 0;
    std::uint64_t count = 0;
    retry::Ladder ladder{};
    std::string secret;
    std::string user;
    Mode mode = Mode::slow;
    double hidden = 1;

    void declare(CLI::App& app);

    /// `NAME=VALUE` of each, a line each.
    std::string text() const;
};

/// Runs a tool whose options are a Sample's and whose work prints its text.
Outcome run_sample(const std::vector<std::string>& arguments, const Environment& environment = {},
                   const std::string& input = {});

/// The line of `outcome.out` that begins with `name=`, without it; all that was printed when there is none.
std::string value_of(const Outcome& outcome, const std::string& name);

}  // namespace bradawl::cli
