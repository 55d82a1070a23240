#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "io/input.hpp"

namespace bradawl::io {

/// How far behind a line readers of whole words may look.
inline constexpr std::size_t line_padding = 32;

/// One line of an input.
struct Line {
    /// Without its line end (LF or CRLF); valid until the next call of next() or idle(). `line_padding` bytes behind it
    /// may be read too, whatever they are.
    std::string_view text;
    std::uint64_t number = 0;  ///< from 1
    std::uint64_t offset = 0;  ///< of its first byte in the input
    bool too_long = false;     ///< longer than the limit: `text` is its beginning, the rest was passed over
};

/// Splits an input at LF bytes in memory bounded by the longest line allowed. A last line without a line end counts.
class LineReader {
public:
    /// `limit`: the most bytes a line may have without its line end.
    LineReader(Input& input, std::size_t limit);

    /// The next line; nothing at the end of the input, or once a stop is asked for (an unfinished line is then left).
    /// Errors: Fault::io.
    std::optional<Line> next();

    /// Whether next() would have to wait for bytes now. Ends the life of the last line's text. Errors: Fault::io.
    bool idle();

private:
    std::optional<Line> take(std::size_t length, std::size_t ended_by);
    bool refill();
    bool pass_over();

    Input& input_;
    std::size_t limit_;
    std::size_t capacity() const { return buffer_.size() - line_padding; }

    std::vector<char> buffer_;  // and line_padding bytes that are never filled
    std::size_t begin_ = 0;     // of what is not yet handed out
    std::size_t end_ = 0;       // of the bytes held
    std::size_t scanned_ = 0;   // bytes after begin_ known to hold no LF
    std::uint64_t number_ = 0;
    std::uint64_t offset_ = 0;
    bool ended_ = false;
    bool passing_over_ = false;
};

}  // namespace bradawl::io
