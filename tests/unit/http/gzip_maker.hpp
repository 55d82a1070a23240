#pragma once

#include <zlib.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

// gzip made by zlib itself, for tests of what takes it apart.
namespace bradawl::http {

/// A gzip member that grows; flush() ends a block where a server would when a line must go out.
class Member {
public:
    explicit Member(int level = 6) {
        if (deflateInit2(&stream_, level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::runtime_error("deflateInit2");
        }
    }
    ~Member() { deflateEnd(&stream_); }
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    /// The bytes that `text` adds, up to a sync flush.
    std::string flushed(std::string_view text) { return run(text, Z_SYNC_FLUSH); }

    /// The bytes that `text` and the member's end add.
    std::string finished(std::string_view text) { return run(text, Z_FINISH); }

private:
    std::string run(std::string_view text, int flush) {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        std::string made;
        char piece[4096];
        do {
            stream_.next_out = reinterpret_cast<Bytef*>(piece);
            stream_.avail_out = sizeof piece;
            deflate(&stream_, flush);
            made.append(piece, sizeof piece - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return made;
    }

    z_stream stream_{};
};

inline std::string gzip(std::string_view text, int level = 6) {
    return Member(level).finished(text);
}

}  // namespace bradawl::http
