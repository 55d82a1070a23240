#include "java/emitter.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "text/quantity.hpp"

namespace bradawl::java {

namespace {

constexpr std::size_t usual_capacity = 128 * 1024;

}  // namespace

Emitter::Emitter(io::Output* out, std::uint64_t limit)
    : out_(out),
      limit_(limit),
      buffer_(std::make_unique_for_overwrite<char[]>(usual_capacity)),
      capacity_(usual_capacity),
      at_(buffer_.get()),
      end_(at_ + capacity_),
      mark_(at_) {}

/// Writes the first `n` bytes of the buffer and moves the rest to its front.
void Emitter::write_out(std::size_t n) {
    if (n == 0) return;
    char* const front = buffer_.get();
    const auto used = static_cast<std::size_t>(at_ - front);
    if (n > limit_ - gone_) refuse_beyond_limit({front, n});
    gone_ += n;
    out_->write({front, n});
    std::memmove(front, front + n, used - n);
    at_ = front + (used - n);
    mark_ = front;
}

void Emitter::make_room() {
    const auto whole = static_cast<std::size_t>(mark_ - buffer_.get());
    if (out_ != nullptr) write_out(whole);
    const auto used = static_cast<std::size_t>(at_ - buffer_.get());
    if (capacity_ - used >= longest_piece) return;
    if (used < held || out_ == nullptr) {
        const auto marked = static_cast<std::size_t>(mark_ - buffer_.get());
        auto larger = std::make_unique_for_overwrite<char[]>(capacity_ * 2);
        std::copy(buffer_.get(), at_, larger.get());
        buffer_ = std::move(larger);
        capacity_ *= 2;
        at_ = buffer_.get() + used;
        end_ = buffer_.get() + capacity_;
        mark_ = buffer_.get() + marked;
        return;
    }
    torn_ = true;
    write_out(used);
}

void Emitter::put(std::string_view text) {
    while (!text.empty()) {
        char* const at = reserve(std::min(text.size(), longest_piece));
        const std::size_t n = std::min(text.size(), static_cast<std::size_t>(end_ - at));
        std::memcpy(at, text.data(), n);
        at_ = at + n;
        text.remove_prefix(n);
    }
}

void Emitter::end_record() {
    put('\n');
    mark_ = at_;
    torn_ = false;
    if (line_buffered_) flush();
}

void Emitter::put_records(std::string_view lines) {
    if (out_ == nullptr || lines.size() < capacity_ / 2) {
        put(lines);
        mark_ = at_;
        return;
    }
    write_out(static_cast<std::size_t>(at_ - buffer_.get()));
    if (lines.size() > limit_ - gone_) refuse_beyond_limit(lines);
    gone_ += lines.size();
    out_->write(lines);
}

/// Writes the lines of `text` that the limit still allows, lets go of all others, and throws Fault::data.
void Emitter::refuse_beyond_limit(std::string_view text) {
    const std::string_view allowed = text.substr(0, static_cast<std::size_t>(limit_ - gone_));
    if (!torn_) out_->write(allowed.substr(0, allowed.rfind('\n') + 1));
    gone_ = limit_;
    at_ = mark_ = buffer_.get();
    throw Error(Fault::data, "more than " + text::describe_size(limit_) + " of output (--max-output)");
}

void Emitter::drop_record() {
    at_ = mark_;
    if (torn_) end_record();
}

void Emitter::flush() {
    if (out_ == nullptr) return;
    write_out(static_cast<std::size_t>(mark_ - buffer_.get()));
    out_->flush();
}

}  // namespace bradawl::java
