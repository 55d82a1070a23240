#include "feed/framer.hpp"

#include <cstring>

namespace bradawl::feed {

void Framer::feed(std::string_view piece) {
    while (!piece.empty()) {
        const auto* found = static_cast<const char*>(std::memchr(piece.data(), '\n', piece.size()));
        if (found == nullptr) {
            hold(piece);
            return;
        }
        const auto length = static_cast<std::size_t>(found - piece.data());
        if (passing_over_) {
            passing_over_ = false;
            offset_ += length + 1;
        } else if (held_.empty()) {
            emit(piece.substr(0, length), length + 1);
        } else {
            hold(piece.substr(0, length));
            if (passing_over_) {
                passing_over_ = false;
                ++offset_;
            } else {
                emit(held_, held_.size() + 1);
                held_.clear();
            }
        }
        piece.remove_prefix(length + 1);
    }
}

/// Keeps a line's part until the rest comes, or gives the line up when it is too long.
void Framer::hold(std::string_view piece) {
    if (passing_over_) {
        offset_ += piece.size();
        return;
    }
    if (held_.size() + piece.size() > limit_ + 1) {  // one byte of grace for a CR
        sink_.too_long(offset_);
        passing_over_ = true;
        offset_ += held_.size() + piece.size();
        held_.clear();
        held_.shrink_to_fit();
        return;
    }
    held_ += piece;
}

void Framer::emit(std::string_view line, std::size_t with_end) {
    const std::uint64_t offset = offset_;
    offset_ += with_end;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) {
        sink_.keep_alive();
    } else if (line.size() > limit_) {
        sink_.too_long(offset);
    } else {
        sink_.line(line, offset);
    }
}

}  // namespace bradawl::feed
