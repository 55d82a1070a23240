#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/unique_fd.hpp"

namespace bradawl::io {

/// The reader of a pipe or socket that we write to has gone away (EPIPE).
class BrokenPipe : public Error {
public:
    using Error::Error;
};

/// Bytes out to a descriptor through a buffer that is written in large pieces. Callers append whole records only and
/// flush before they wait, so the far end never sees a torn record while this process lives.
class Output {
public:
    /// Writes to standard output. It is not closed on destruction.
    static Output standard();

    /// Creates or truncates the file at `path`; `-` is standard output. With `append`, adds to its end instead.
    /// Errors: Fault::io when it cannot be opened.
    static Output open(const std::string& path, bool append = false);

    /// Writes to `fd`, which stays the caller's; `name` stands for it in messages.
    Output(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}

    Output(Output&&) noexcept = default;
    Output& operator=(Output&&) noexcept = default;

    /// Appends `record` to the buffer; writes when it is full, or at once after set_line_buffered(true).
    /// Errors: BrokenPipe, else Fault::io.
    void write(std::string_view record);

    /// Hands all buffered bytes to the system. Errors: as for write().
    void flush();

    /// flush(), then closes the descriptor and reports what only then comes to light (a full disk over NFS, say).
    /// For standard output too: a close that fails means lost data. Nothing to do when already closed.
    void close();

    /// Like close(), with the data on the disk before it returns.
    void sync();

    /// Whether the reader of this pipe or socket has gone, so that a write would fail. Asked before a long wait.
    bool reader_gone() const;

    void set_line_buffered(bool on) { line_buffered_ = on; }
    int fd() const { return fd_; }
    const std::string& name() const { return name_; }

private:
    Output(UniqueFd owned, std::string name) : owned_(std::move(owned)), fd_(owned_.get()), name_(std::move(name)) {}

    UniqueFd owned_;
    int fd_;
    std::string name_;
    std::string buffer_;
    bool line_buffered_ = false;
};

/// Writes a whole file under another name beside `path`, with the data on the disk, and renames it, so that a reader
/// finds the old file or the new one. What is no regular file, such as /dev/null or a pipe, is written to as it is; a
/// symbolic link stays one. Errors: Fault::io.
void write_aside(const std::string& path, std::string_view bytes);

/// Whether write_aside() has a folder to write into, before work that would be lost. Errors: Fault::io.
void demand_place(const std::string& path);

/// Writes all of `bytes` to `fd`, called `name` in messages. Errors: BrokenPipe, else Fault::io.
void write_all(int fd, std::string_view bytes, const std::string& name);

}  // namespace bradawl::io
