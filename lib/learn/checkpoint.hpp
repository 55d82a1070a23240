#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace bradawl::learn {

/// The file from which a training goes on: what it was made by, and its state bit by bit.
class Checkpoint {
public:
    /// `made_by` and `data` say what made the state; another training is not to go on from it.
    Checkpoint(std::string path, std::string made_by, std::string data)
        : path_(std::move(path)), made_by_(std::move(made_by)), data_(std::move(data)) {}

    /// Has `take` read the state, if the file is there. Errors: Fault::data for a file that is torn, Fault::usage for
    /// one of other settings or other data.
    void load(const std::function<bool(std::string_view&)>& take) const;

    /// Writes the file aside and renames it. Errors: Fault::io.
    void save(const std::function<void(std::string&)>& give) const;

private:
    std::string path_;
    std::string made_by_;
    std::string data_;
};

/// Reads a whole number and a blank off the front. False when none stands there.
bool load_count(std::string_view& text, std::uint64_t& count);

}  // namespace bradawl::learn
