#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"

namespace bradawl::lock {

/// One line of JSON for a program that runs us, written at the end to a descriptor of its own: {"name", "cause",
/// "code", "token"}. It tells apart what one exit code may mean, since a command's code may equal one of ours. Causes:
/// `ended` (the command; its code), `busy`, `lost`, `not-found`, `not-executable`, `stopped` (by a signal, while
/// waiting), `failed` (an error, which standard error tells).
class StatusLine {
public:
    /// `descriptor`: its number in decimal, empty for none. It is not handed on to commands.
    /// Errors: Fault::usage when it is no number, or not open for writing.
    StatusLine(const std::string& descriptor, std::string name);

    /// Writes the line.
    ~StatusLine();
    StatusLine(const StatusLine&) = delete;
    StatusLine& operator=(const StatusLine&) = delete;

    void token(std::uint64_t token) { token_ = token; }

    /// Sets what is to be told, and returns `code`.
    int ended(std::string_view cause, int code);

    /// The same for a command that could not be started because of `error` (errno); as shells have it, 127 when it was
    /// not found, 126 otherwise.
    int not_started(int error);

private:
    int descriptor_ = -1;
    std::string name_;
    std::string cause_ = "failed";
    int code_ = -1;
    std::uint64_t token_ = 0;
};

}  // namespace bradawl::lock
