#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/log.hpp"
#include "cli/progress.hpp"
#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/stop.hpp"
#include "io/output.hpp"

namespace CLI {
class App;
}

namespace bradawl::cli {

/// What `--help` and `--version` say of a tool.
struct Tool {
    std::string name;
    std::string summary;                                  ///< one line, no full stop
    std::string example;                                  ///< one command line
    std::function<std::vector<std::string>()> libraries;  ///< `name version` of each, for --version -v
    std::string environment_prefix;                       ///< `STREAM_TAIL`: option --stall is STREAM_TAIL_STALL
    bool command_optional = false;                        ///< a tool with commands that does something without one
};

/// The outside world as a tool's work sees it.
struct World {
    Stop& stop;
    Clock& clock;
    io::Output& out;  ///< standard output; flushed and closed with its failures told after the work returns
    Log& log;
    Progress& progress;
    std::uint64_t seed;  ///< from the system's randomness: for jitter, nonces and ids
};

/// How the work ended when it did not throw.
class Ending {
public:
    Ending(int code) : code_(code) {}  // NOLINT: `return 0;` is how a tool says done
    Ending(Fault fault) : code_(exit_code(fault)) {}

    /// Cut short by the signal that asked `stop`: the process dies by it after its output is safe.
    static Ending by_signal() {
        Ending ending(0);
        ending.by_signal_ = true;
        return ending;
    }

    int code() const { return code_; }
    bool is_by_signal() const { return by_signal_; }

private:
    int code_;
    bool by_signal_ = false;
};

using Work = std::function<Ending(World&)>;

/// Runs a tool from argv to its exit code. `declare` puts the tool's options on the parser and returns the work to do
/// after parsing. Every ending passes here and nowhere else: messages, exit codes, signals, SIGPIPE, the closing of
/// standard output, --config, the environment, --help, --version, --generate.
int run(int argc, char** argv, const Tool& tool, const std::function<Work(CLI::App&)>& declare);

}  // namespace bradawl::cli
