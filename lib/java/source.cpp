#include "java/source.hpp"

#include <algorithm>
#include <utility>

namespace bradawl::java {

namespace {

constexpr std::size_t usual_capacity = 256 * 1024;

}  // namespace

Source::Source(Refill refill, std::uint64_t start)
    : refill_(std::move(refill)),
      buffer_(std::make_unique_for_overwrite<std::uint8_t[]>(usual_capacity)),
      begin_(buffer_.get()),
      at_(begin_),
      fence_(begin_),
      end_(begin_),
      base_(start),
      capacity_(usual_capacity) {}

Source::Source(std::span<const std::uint8_t> bytes, std::uint64_t start)
    : begin_(bytes.data()), at_(begin_), fence_(begin_ + bytes.size()), end_(fence_), base_(start), ended_(true) {}

void Source::set_fence() {
    const auto held = static_cast<std::uint64_t>(end_ - begin_);
    fence_ = limit_ != unknown && limit_ - base_ < held ? begin_ + (limit_ - base_) : end_;
}

bool Source::fill(std::size_t n) {
    while (static_cast<std::size_t>(fence_ - at_) < n) {
        if (ended_ || (limit_ != unknown && limit_ - offset() < n)) return false;
        make_room(n);
        const std::size_t used = static_cast<std::size_t>(end_ - begin_);
        const std::size_t got = refill_({buffer_.get() + used, capacity_ - used});
        ended_ = got == 0;
        end_ += got;
        set_fence();
    }
    return true;
}

/// Lets go of what was read and is not held back, so that at least `n` bytes from at() have room.
void Source::make_room(std::size_t n) {
    const auto used = static_cast<std::size_t>(end_ - begin_);
    const auto read = static_cast<std::size_t>(at_ - begin_);
    std::size_t keep_from = held_ == unknown ? read : static_cast<std::size_t>(held_ - base_);
    if (capacity_ - used >= n && keep_from < read) {  // what is held stays where it is while there is room
        if (capacity_ - used >= usual_capacity / 2) return;
    }
    if (read - keep_from > most_held) {
        held_ = unknown;
        keep_from = read;
    }
    std::size_t capacity = usual_capacity;
    while (capacity - usual_capacity / 2 < used - keep_from)
        capacity *= 2;
    if (capacity > capacity_) {
        auto larger = std::make_unique_for_overwrite<std::uint8_t[]>(capacity);
        std::copy(begin_ + keep_from, end_, larger.get());
        buffer_ = std::move(larger);
        capacity_ = capacity;
    } else {
        std::memmove(buffer_.get(), begin_ + keep_from, used - keep_from);
    }
    begin_ = buffer_.get();
    at_ = begin_ + (read - keep_from);
    end_ = begin_ + (used - keep_from);
    base_ += keep_from;
    set_fence();
}

std::uint64_t Source::enter(std::uint64_t size) {
    const std::uint64_t outer = std::exchange(limit_, offset() + size);
    set_fence();
    return outer;
}

void Source::leave(std::uint64_t outer) {
    limit_ = outer;
    set_fence();
}

std::uint64_t Source::skip(std::uint64_t n) {
    std::uint64_t gone = 0;
    while (gone < n && ensure(1)) {
        const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(n - gone, at_hand()));
        advance(step);
        gone += step;
    }
    return gone;
}

void Source::hold() {
    held_ = offset();
}

bool Source::rewind() {
    if (held_ == unknown || held_ < base_) return false;
    at_ = begin_ + (held_ - base_);
    limit_ = unknown;
    set_fence();
    return true;
}

}  // namespace bradawl::java
