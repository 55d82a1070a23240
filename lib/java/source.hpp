#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <span>

namespace bradawl::java {

/// Big-endian bytes of an input through a buffer of fixed size, with nested regions of known size that end reading like
/// the end of the input does. Reading past the end is no error here: ensure() says false, and the caller knows what it
/// was in the middle of.
class Source {
public:
    /// The most bytes that ensure() can ask for: a whole Java UTF string (65,535 bytes) and what stands around it.
    static constexpr std::size_t longest_piece = 72 * 1024;

    static constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();

    /// Fills some of `into` and returns how much; 0 at the end of the input. May throw (Fault::io).
    using Refill = std::function<std::size_t(std::span<std::uint8_t> into)>;

    /// Reads through `refill`; the first byte has the offset `start`.
    explicit Source(Refill refill, std::uint64_t start = 0);

    /// Reads bytes that are in memory already and stay there; the first one has the offset `start`.
    explicit Source(std::span<const std::uint8_t> bytes, std::uint64_t start = 0);

    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    /// Whether `n` bytes (at most longest_piece) stand at at() before the end of the region and of the input.
    bool ensure(std::size_t n) {
        if (static_cast<std::size_t>(fence_ - at_) >= n) [[likely]]
            return true;
        return fill(n);
    }

    /// The next byte. As many as ensure() confirmed may be read from here, up to the next call of it.
    const std::uint8_t* at() const { return at_; }
    void advance(std::size_t n) { at_ += n; }

    /// How many bytes are at hand without reading on. After ensure(1) at least one, unless it said false.
    std::size_t at_hand() const { return static_cast<std::size_t>(fence_ - at_); }

    /// Where in the input at() is.
    std::uint64_t offset() const { return base_ + static_cast<std::uint64_t>(at_ - begin_); }

    /// Whether the region, or without one the input, ends here.
    bool at_end() { return !ensure(1); }

    /// Bytes to the end of the innermost region; `unknown` outside of any.
    std::uint64_t left() const { return limit_ == unknown ? unknown : limit_ - offset(); }

    /// Begins a region of the next `size` bytes, which must not reach beyond the region around it: the caller has asked
    /// left(). Returns what leave() needs. That the input holds so many bytes shows only on reading.
    std::uint64_t enter(std::uint64_t size);

    /// Ends the innermost region, wherever in it at() is.
    void leave(std::uint64_t outer);

    /// Passes over `n` bytes; returns how many there were before the region or the input ended.
    std::uint64_t skip(std::uint64_t n);

    /// From here on keeps what is read, up to most_held bytes, so that rewind() can come back. One place at a time.
    static constexpr std::size_t most_held = 4 << 20;
    void hold();

    /// Back to where hold() was called, outside of any region; false when more was read since than is held. Goes on
    /// holding.
    bool rewind();

    /// The bytes from `offset` on, which is in front of at(), up to at(); null when they are not held any more.
    const std::uint8_t* behind(std::uint64_t offset) const {
        return offset < base_ ? nullptr : begin_ + (offset - base_);
    }

    /// Ends the holding.
    void release() { held_ = unknown; }

    /// After ensure() said no: whether the input has no more bytes, so that it is not the region that ended.
    bool input_ended() const { return ended_ && fence_ == end_; }

    /// The end that the refill told of was one for a while only: from now on it is asked again.
    void go_on() { ended_ = false; }

private:
    bool fill(std::size_t n);
    void make_room(std::size_t n);
    void set_fence();

    Refill refill_;
    std::unique_ptr<std::uint8_t[]> buffer_;
    const std::uint8_t* begin_ = nullptr;
    const std::uint8_t* at_ = nullptr;
    const std::uint8_t* fence_ = nullptr;  // the region's end, or that of what is held if it comes first
    const std::uint8_t* end_ = nullptr;    // of what is held
    std::uint64_t base_ = 0;               // offset of *begin_
    std::uint64_t limit_ = unknown;        // offset of the region's end
    std::uint64_t held_ = unknown;         // offset of what is held back
    std::size_t capacity_ = 0;
    bool ended_ = false;
};

/// Big-endian unsigned integers of 1 to 8 bytes, as DataOutput writes them.
inline std::uint16_t load16(const std::uint8_t* p) {
    std::uint16_t v;
    std::memcpy(&v, p, sizeof v);
    return __builtin_bswap16(v);
}
inline std::uint32_t load32(const std::uint8_t* p) {
    std::uint32_t v;
    std::memcpy(&v, p, sizeof v);
    return __builtin_bswap32(v);
}
inline std::uint64_t load64(const std::uint8_t* p) {
    std::uint64_t v;
    std::memcpy(&v, p, sizeof v);
    return __builtin_bswap64(v);
}

}  // namespace bradawl::java
