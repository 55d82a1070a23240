#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bradawl::feed {

/// Hears the lines of one connection.
class LineSink {
public:
    virtual ~LineSink() = default;

    /// A whole line without its line end, never empty; `offset` of its first byte in the decoded body.
    virtual void line(std::string_view text, std::uint64_t offset) = 0;

    /// An empty line: the server says that it is there.
    virtual void keep_alive() = 0;

    /// A line longer than the limit; its bytes are passed over. Called once, when the limit is met.
    virtual void too_long(std::uint64_t offset) = 0;
};

/// Cuts a body into lines at LF, whatever pieces it comes in; a CR before the LF belongs to the line end. Split at LF
/// bytes only, so a UTF-8 sequence cut by a piece's end is whole again in its line. One per connection: what is
/// unfinished when the connection ends never meets the bytes of the next.
class Framer {
public:
    Framer(LineSink& sink, std::size_t limit) : sink_(sink), limit_(limit) {}

    void feed(std::string_view piece);

    /// The bytes after the last line end; empty when the body ended with one.
    std::string_view unfinished() const { return passing_over_ ? std::string_view() : held_; }

private:
    void hold(std::string_view piece);
    void emit(std::string_view line, std::size_t with_end);

    LineSink& sink_;
    std::size_t limit_;
    std::string held_;
    std::uint64_t offset_ = 0;  // of the first byte not yet handed out
    bool passing_over_ = false;
};

}  // namespace bradawl::feed
