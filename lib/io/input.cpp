#include "io/input.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "core/system_error.hpp"

namespace bradawl::io {

namespace {

UniqueFd open_to_read(const std::string& path, Fault fault) {
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) throw system_error(fault, "cannot read " + path, errno);
    return fd;
}

void require_private(int fd, const std::string& path) {
    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || (status.st_mode & 077) == 0) return;
    throw Error(Fault::config, path + ": holds a secret but group or others may read it", "chmod 600 " + path);
}

std::string read_all(int fd, const std::string& name, std::size_t limit) {
    std::string text;
    std::array<char, 16384> piece{};
    while (true) {
        const ssize_t got = ::read(fd, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw system_error(Fault::config, "cannot read " + name, errno);
        if (got == 0) return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (text.size() > limit) throw Error(Fault::config, name + ": larger than " + std::to_string(limit) + " bytes");
    }
}

}  // namespace

Input::Input(const std::string& path, const Stop& stop)
    : stop_(stop),
      owned_(path == "-" ? UniqueFd() : open_to_read(path, Fault::io)),
      fd_(path == "-" ? STDIN_FILENO : owned_.get()),
      name_(path == "-" ? "standard input" : path) {
    struct stat status {};
    if (::fstat(fd_, &status) == 0 && S_ISDIR(status.st_mode))
        throw system_error(Fault::io, "cannot read " + name_, EISDIR);
}

std::size_t Input::read(std::span<char> into) {
    while (!stop_.requested()) {
        std::array<pollfd, 2> watched{{{fd_, POLLIN, 0}, {stop_.fd(), POLLIN, 0}}};
        if (::poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) {
            if (on_interrupt_ && !stop_.requested()) on_interrupt_();
            continue;
        }
        if (watched[0].revents == 0) continue;
        const ssize_t got = ::read(fd_, into.data(), into.size());
        if (got >= 0) {
            if (on_bytes_) on_bytes_({into.data(), static_cast<std::size_t>(got)});
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR && errno != EAGAIN) throw system_error(Fault::io, "cannot read " + name_, errno);
    }
    stopped_ = true;
    return 0;
}

bool Input::idle() const {
    pollfd readable{fd_, POLLIN, 0};
    return ::poll(&readable, 1, 0) == 0;
}

std::string read_document(const std::string& path, std::size_t limit) {
    if (path == "-") return read_all(STDIN_FILENO, "standard input", limit);
    const UniqueFd fd = open_to_read(path, Fault::config);
    return read_all(fd.get(), path, limit);
}

std::string read_secret(const std::string& path) {
    constexpr std::size_t limit = 1 << 16;
    std::string secret;
    if (path == "-") {
        secret = read_all(STDIN_FILENO, "standard input", limit);
    } else {
        const UniqueFd fd = open_to_read(path, Fault::config);
        require_private(fd.get(), path);
        secret = read_all(fd.get(), path, limit);
    }
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r'))
        secret.pop_back();
    return secret;
}

void require_private(const std::string& path) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd) require_private(fd.get(), path);
}

}  // namespace bradawl::io
