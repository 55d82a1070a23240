#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace bradawl {

/// A file in memory with a path, for code that opens what it reads.
class MemoryFile {
public:
    MemoryFile() : fd_(::memfd_create("input", 0)), path_("/proc/self/fd/" + std::to_string(fd_)) {
        if (fd_ < 0) std::abort();
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(fd_); }

    /// Replaces what the file holds.
    void fill(std::string_view bytes) {
        if (::ftruncate(fd_, 0) != 0) std::abort();
        if (::pwrite(fd_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
    }

    const std::string& path() const { return path_; }

private:
    int fd_;
    std::string path_;
};

}  // namespace bradawl
