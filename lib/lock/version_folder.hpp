#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/unique_fd.hpp"

namespace bradawl::lock {

/// One small text of which only the newest version counts, each a file of its own in a folder, named by its number.
/// Many processes may put versions at once, without ever waiting for one another, so that one which is stopped or
/// killed in the middle holds up nobody: a version appears whole or not at all, and link(2) lets one of two that follow
/// the same version come into being.
class VersionFolder {
public:
    /// `path`: of the folder, which put() makes.
    explicit VersionFolder(std::string path) : path_(std::move(path)) {}

    struct Version {
        std::uint64_t number = 0;  ///< 0: there is none yet
        std::string text;
    };

    /// The newest version. Errors: Fault::io.
    Version newest() const;

    enum class Put {
        done,       ///< the text was the newest version
        overtaken,  ///< another process was first
        unknown,    ///< newer versions followed already: what they say tells whether this one ever counted
    };

    /// Puts `text` behind the version `after`, if that is still the newest, and removes older ones. Errors: Fault::io,
    /// Fault::permission.
    Put put(std::uint64_t after, std::string_view text) const;

    const std::string& path() const { return path_; }

private:
    std::vector<std::uint64_t> numbers(int folder) const;
    UniqueFd open_folder(bool make) const;
    bool link_new(int folder, const std::string& name, std::string_view text) const;
    bool link_named(int folder, const std::string& name, std::string_view text) const;
    [[noreturn]] void fail(const char* what, int code) const;

    std::string path_;
};

}  // namespace bradawl::lock
