#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "retry/ladder.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace bradawl::cli {

// Declarations of options whose values are not plain text or numbers. Each sets `value` when the option is given, in
// the order command line > environment > configuration file > the value it had before. `names` as CLI11 reads them:
// `-t,--duration`. Errors of all: a usage error that names the option and the value.

/// A span of time such as `250ms`, `90`, `1h30m`.
CLI::Option* add_duration(CLI::App& app, const std::string& names, std::chrono::nanoseconds& value,
                          const std::string& description);

/// A span of time, or `inf` for the longest there is.
CLI::Option* add_patience(CLI::App& app, const std::string& names, std::chrono::nanoseconds& value,
                          const std::string& description);

/// A number of bytes such as `16M`.
CLI::Option* add_size(CLI::App& app, const std::string& names, std::uint64_t& value, const std::string& description);

/// A count, or `inf` for the largest number there is.
CLI::Option* add_count(CLI::App& app, const std::string& names, std::uint64_t& value, const std::string& description);

/// A ladder of waits `FIRST:STEP:CAP`, STEP `+TIME` (so much longer each time) or `xFACTOR`: `0.25:+0.25:16`,
/// `5:x2:320`.
CLI::Option* add_ladder(CLI::App& app, const std::string& names, retry::Ladder& value, const std::string& description);

/// One of a few words, told to `chosen` by its place; help and completions show the words.
CLI::Option* add_choice(CLI::App& app, const std::string& names, const std::vector<std::string>& words,
                        const std::string& description, std::function<void(std::size_t)> chosen);

/// One of a few words, as the value of an enumeration.
template <class Enum>
CLI::Option* add_choice(CLI::App& app, const std::string& names, Enum& value,
                        const std::vector<std::pair<std::string, Enum>>& words, const std::string& description) {
    std::vector<std::string> spellings;
    for (const auto& word : words)
        spellings.push_back(word.first);
    return add_choice(app, names, spellings, description,
                      [&value, words](std::size_t index) { value = words[index].second; });
}

/// A value that may be secret. On the command line, which every user can read with ps, it must be `@FILE` (`@-`:
/// standard input) or a text that `is_public` accepts; the environment and a private configuration file may hold it
/// plainly too. Errors: a usage error that shows the other ways; Fault::config when a file that holds the secret can
/// be read by others.
CLI::Option* add_secret(CLI::App& app, const std::string& names, std::string& value, const std::string& description,
                        bool (*is_public)(const std::string&) = nullptr);

}  // namespace bradawl::cli
