#include "io/output.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "core/system_error.hpp"

namespace bradawl::io {

namespace {

constexpr std::size_t piece = 64 * 1024;

}  // namespace

void write_all(int fd, std::string_view bytes, const std::string& name) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            // Somebody who shares the descriptor made it non-blocking: wait as a blocking write would have.
            pollfd writable{fd, POLLOUT, 0};
            ::poll(&writable, 1, -1);
        } else if (errno == EPIPE) {
            const Error error = system_error(Fault::io, name, errno);
            throw BrokenPipe(error.fault(), error.text());
        } else if (errno != EINTR) {
            throw system_error(Fault::io, "cannot write " + name, errno);
        }
    }
}

Output Output::standard() {
    return {STDOUT_FILENO, "standard output"};
}

Output Output::open(const std::string& path, bool append) {
    if (path == "-") return standard();
    UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC), 0666));
    if (!fd) throw system_error(Fault::io, "cannot create " + path, errno);
    return {std::move(fd), path};
}

void Output::write(std::string_view record) {
    if (record.size() >= piece) {
        flush();
        write_all(fd_, record, name_);
        return;
    }
    if (buffer_.size() + record.size() > piece) flush();
    buffer_ += record;
    if (line_buffered_) flush();
}

void Output::flush() {
    if (buffer_.empty()) return;
    // Emptied first: after a failed write nobody may send the same bytes again.
    std::string bytes;
    bytes.swap(buffer_);
    write_all(fd_, bytes, name_);
    bytes.clear();
    buffer_.swap(bytes);
}

bool Output::reader_gone() const {
    pollfd watched{fd_, 0, 0};  // errors are told without being asked for
    return ::poll(&watched, 1, 0) == 1 && (watched.revents & POLLERR) != 0;
}

void Output::close() {
    if (fd_ < 0) return;
    flush();
    const int fd = fd_;
    fd_ = -1;
    owned_.release();
    if (::close(fd) != 0 && errno != EINTR) throw system_error(Fault::io, "cannot write " + name_, errno);
}

void Output::sync() {
    if (fd_ < 0) return;
    flush();
    // EINVAL: a pipe or a terminal has nothing to synchronise.
    if (::fsync(fd_) != 0 && errno != EINVAL && errno != EROFS) {
        throw system_error(Fault::io, "cannot write " + name_, errno);
    }
    close();
}

void demand_place(const std::string& path) {
    std::error_code none;
    std::filesystem::path there = std::filesystem::canonical(path, none);
    if (none) there = path;
    const std::filesystem::path folder = there.has_parent_path() ? there.parent_path() : ".";
    if (::access(folder.c_str(), W_OK | X_OK) != 0 && !std::filesystem::is_other(there, none))
        throw system_error(Fault::io, "cannot create " + path, errno);
}

void write_aside(const std::string& path, std::string_view bytes) {
    std::error_code none;
    const std::filesystem::path there = std::filesystem::canonical(path, none);  // behind symbolic links
    if (!none && !std::filesystem::is_regular_file(there, none)) {               // /dev/null, a pipe, a folder
        Output device = Output::open(path);
        device.write(bytes);
        return device.close();
    }
    const std::string target = there.empty() ? path : there.string();
    const std::string aside = target + ".new";
    Output file = Output::open(aside);
    file.write(bytes);
    file.sync();
    if (std::rename(aside.c_str(), target.c_str()) != 0) throw system_error(Fault::io, "cannot write " + path, errno);
}

}  // namespace bradawl::io
