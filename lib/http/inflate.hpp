#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "core/error.hpp"

struct z_stream_s;

namespace bradawl::http {

/// The bytes are no gzip, or a checksum or length is wrong (RFC 1952 section 2.3.1.2).
class CorruptGzip : public Error {
public:
    using Error::Error;
};

/// Turns a gzip body (RFC 1952) into its bytes as they arrive: everything that the bytes so far determine is handed
/// out at once, so a line that the sender flushed is not held back. Members may follow one another and may be empty;
/// zero bytes after a member are ignored.
class Inflater {
public:
    /// `sink` gets pieces of at most 64 KiB.
    explicit Inflater(std::function<void(std::string_view)> sink);
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// Errors: CorruptGzip.
    void feed(std::string_view compressed);

    /// Whether the body may end here: no member is unfinished. Nothing fed yet counts as complete.
    bool complete() const { return !inside_member_; }

private:
    void step(std::string_view& rest);

    std::function<void(std::string_view)> sink_;
    std::unique_ptr<z_stream_s> stream_;
    std::vector<char> out_;
    bool inside_member_ = false;
    bool had_member_ = false;
};

}  // namespace bradawl::http
