#include "io/lines.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace bradawl::io {

namespace {

constexpr std::size_t first_size = 256 * 1024;
constexpr std::size_t largest_limit = std::numeric_limits<std::size_t>::max() / 4;  // sums with it stay in range

}  // namespace

LineReader::LineReader(Input& input, std::size_t limit)
    : input_(input), limit_(std::min(limit, largest_limit)), buffer_(std::min(first_size, limit_ + 2) + line_padding) {}

std::optional<Line> LineReader::next() {
    if (passing_over_ && !pass_over()) return std::nullopt;
    while (true) {
        const char* start = buffer_.data() + begin_;
        const std::size_t held = end_ - begin_;
        const void* found = std::memchr(start + scanned_, '\n', held - scanned_);
        if (found != nullptr) return take(static_cast<std::size_t>(static_cast<const char*>(found) - start), 1);
        scanned_ = held;
        if (held > limit_ + 1) {  // one byte of grace for the CR of a CRLF
            passing_over_ = true;
            return take(held, 0);
        }
        if (ended_ || !refill()) {
            if (!ended_ || end_ == begin_) return std::nullopt;
            return take(end_ - begin_, 0);
        }
    }
}

std::optional<Line> LineReader::take(std::size_t length, std::size_t ended_by) {
    Line line{{buffer_.data() + begin_, length}, ++number_, offset_, false};
    if (!line.text.empty() && line.text.back() == '\r' && ended_by == 1) line.text.remove_suffix(1);
    if (line.text.size() > limit_) {
        line.too_long = true;
        line.text = line.text.substr(0, limit_);
    }
    begin_ += length + ended_by;
    offset_ += length + ended_by;
    scanned_ = 0;
    return line;
}

/// Moves what is held to the front, makes room and reads; false at the end or at a stop.
bool LineReader::refill() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == capacity()) buffer_.resize(std::min(capacity() * 2, limit_ + 2) + line_padding);
    const std::size_t got = input_.read({buffer_.data() + end_, capacity() - end_});
    end_ += got;
    ended_ = got == 0 && !input_.stopped();
    return got > 0;
}

/// Skips the rest of a line that was too long; false when the input ends first.
bool LineReader::pass_over() {
    while (true) {
        const char* start = buffer_.data() + begin_;
        const auto* found = static_cast<const char*>(std::memchr(start, '\n', end_ - begin_));
        const std::size_t gone = found == nullptr ? end_ - begin_ : static_cast<std::size_t>(found - start) + 1;
        begin_ += gone;
        offset_ += gone;
        scanned_ = 0;
        if (found != nullptr) break;
        if (ended_ || !refill()) return false;
    }
    passing_over_ = false;
    return true;
}

bool LineReader::idle() {
    if (passing_over_) return input_.idle();
    // Takes in what has come: bytes that end no line would leave next() waiting all the same.
    while (true) {
        const std::size_t held = end_ - begin_;
        const void* found = std::memchr(buffer_.data() + begin_ + scanned_, '\n', held - scanned_);
        if (found != nullptr || ended_ || held > limit_ + 1) return false;
        scanned_ = held;
        if (input_.idle()) return true;
        if (!refill()) return false;
    }
}

}  // namespace bradawl::io
