#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/stop.hpp"
#include "core/unique_fd.hpp"

namespace bradawl::io {

/// Bytes in from a file or, for `-`, standard input. A wait for bytes ends early when `stop` is asked for.
class Input {
public:
    /// Errors: Fault::io when the file cannot be opened or is a directory.
    Input(const std::string& path, const Stop& stop);

    /// Reads some bytes into `into` and returns how many; 0 at the end of the input or once a stop is asked for.
    /// Errors: Fault::io.
    std::size_t read(std::span<char> into);

    /// Has `hook` called in read() whenever a signal interrupts its wait.
    void on_interrupt(std::function<void()> hook) { on_interrupt_ = std::move(hook); }

    /// Has `hook` see all bytes as they are read.
    void on_bytes(std::function<void(std::string_view)> hook) { on_bytes_ = std::move(hook); }

    /// Whether a read would have to wait now. A file never does.
    bool idle() const;

    /// Whether the input was left before its end because a stop was asked for.
    bool stopped() const { return stopped_; }

    /// `-` reads as `standard input`; stands for the input in messages.
    const std::string& name() const { return name_; }

private:
    const Stop& stop_;
    UniqueFd owned_;
    int fd_;
    std::string name_;
    bool stopped_ = false;
    std::function<void()> on_interrupt_;
    std::function<void(std::string_view)> on_bytes_;
};

/// The whole of a small file (`-`: standard input), for secrets and documents that a person wrote.
/// Errors: Fault::config when it cannot be read or is larger than `limit` bytes.
std::string read_document(const std::string& path, std::size_t limit = 1 << 20);

/// Like read_document() without line ends at its end, for a password or token. A regular file that group or others may
/// read is refused. Errors: Fault::config.
std::string read_secret(const std::string& path);

/// Refuses a regular file that group or others may read; a missing one passes. Errors: Fault::config.
void require_private(const std::string& path);

}  // namespace bradawl::io
