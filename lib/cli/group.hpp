#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cli/declare.hpp"

namespace bradawl::cli {

/// Declares options under one heading of --help. `names` as CLI11 reads them: `-t,--duration`, for a flag that turns
/// something off `!--no-reconnect`. Each call returns the group again.
class Group {
public:
    Group(CLI::App& app, std::string heading) : app_(app), heading_(std::move(heading)) {}

    Group& flag(const std::string& names, bool& value, const std::string& description);

    /// Plain text; `metavar` stands for it in --help, `FILE` in it makes completions offer files.
    Group& text(const std::string& names, std::string& value, const std::string& metavar,
                const std::string& description);

    /// A list of texts, one each time the option is given.
    Group& texts(const std::string& names, std::vector<std::string>& values, const std::string& metavar,
                 const std::string& description);

    /// A number between `least` and `most`.
    Group& number(const std::string& names, double& value, double least, double most, const std::string& metavar,
                  const std::string& description);

    // As the functions of cli/declare.hpp.
    Group& duration(const std::string& names, std::chrono::nanoseconds& value, const std::string& description);
    Group& patience(const std::string& names, std::chrono::nanoseconds& value, const std::string& description);
    Group& size(const std::string& names, std::uint64_t& value, const std::string& description);
    Group& count(const std::string& names, std::uint64_t& value, const std::string& description);
    Group& ladder(const std::string& names, retry::Ladder& value, const std::string& description);
    Group& secret(const std::string& names, std::string& value, const std::string& description,
                  bool (*is_public)(const std::string&) = nullptr);

    template <class Enum>
    Group& choice(const std::string& names, Enum& value, const std::vector<std::pair<std::string, Enum>>& words,
                  const std::string& description) {
        return take(add_choice<Enum>(app_, names, value, words, description));
    }

    /// Renames the environment variable of the option declared last.
    Group& environment(const std::string& variable);

private:
    Group& take(CLI::Option* option);

    CLI::App& app_;
    std::string heading_;
    CLI::Option* last_ = nullptr;
};

/// An option of the tool's own tests: not in --help, set by `variable` too.
void add_hidden_number(CLI::App& app, const std::string& name, double& value, double least, double most,
                       const std::string& variable);

}  // namespace bradawl::cli
