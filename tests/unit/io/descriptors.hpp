#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "core/unique_fd.hpp"

namespace bradawl::io {

/// Both ends of a pipe.
struct Pipe {
    UniqueFd read;
    UniqueFd write;

    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
        read.reset(ends[0]);
        write.reset(ends[1]);
    }

    void put(std::string_view bytes) const {
        ASSERT_EQ(::write(write.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    }

    /// The path that opens the reading end once more.
    std::string path() const { return "/dev/fd/" + std::to_string(read.get()); }
};

/// A folder of its own for a test, gone with it.
class Folder {
public:
    Folder() {
        std::string name = ::testing::TempDir() + "bradawl-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) std::abort();
        path_ = name;
    }
    ~Folder() { [[maybe_unused]] const int done = std::system(("rm -rf '" + path_ + "'").c_str()); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string file(const std::string& name) const { return path_ + "/" + name; }

    /// The path of a new file that holds `text`.
    std::string put(const std::string& name, std::string_view text, mode_t mode = 0600) const {
        std::ofstream(file(name), std::ios::binary) << text;
        EXPECT_EQ(::chmod(file(name).c_str(), mode), 0);
        return file(name);
    }

private:
    std::string path_;
};

inline std::string contents(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace bradawl::io
