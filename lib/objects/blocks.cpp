#include "objects/blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "objects/grammar.hpp"

namespace bradawl::objects {

Blocks::Blocks(java::Source& stream, Rest rest)
    : stream_(stream),
      before_(std::move(rest.bytes)),
      of_block_(rest.of_block),
      joined_([this](std::span<std::uint8_t> into) { return refill(into); }) {}

/// Begins the next block that has any bytes; false where none follows.
bool Blocks::next_block() {
    while (of_block_ == 0) {
        if (!stream_.ensure(1)) return false;
        const auto tag = static_cast<Tag>(*stream_.at());
        if (tag != Tag::block && tag != Tag::long_block) return false;
        const std::size_t head = tag == Tag::block ? 2 : 5;
        if (!stream_.ensure(head)) throw StreamError{stream_.offset() + stream_.at_hand(), "truncated block data"};
        const std::int64_t n =
            tag == Tag::block ? stream_.at()[1] : static_cast<std::int32_t>(java::load32(stream_.at() + 1));
        if (n < 0) throw StreamError{stream_.offset() + 1, fmt::format("a block of {} bytes", n)};
        stream_.advance(head);
        of_block_ = static_cast<std::uint64_t>(n);
    }
    return true;
}

std::size_t Blocks::refill(std::span<std::uint8_t> into) {
    std::size_t n = 0;
    if (!before_.empty()) {
        n = std::min(into.size(), before_.size());
        std::memcpy(into.data(), before_.data(), n);
        before_.erase(0, n);
        pieces_.emplace_back(given_, stream_.offset() - before_.size() - n);
    } else {
        if (!next_block()) return 0;
        if (!stream_.ensure(1))
            throw StreamError{stream_.offset(),
                              fmt::format("truncated block data: {} bytes needed, 0 left", of_block_)};
        n = static_cast<std::size_t>(std::min<std::uint64_t>({into.size(), of_block_, stream_.at_hand()}));
        pieces_.emplace_back(given_, stream_.offset());
        std::memcpy(into.data(), stream_.at(), n);
        stream_.advance(n);
        of_block_ -= n;
    }
    given_ += n;
    return n;
}

Blocks::Rest Blocks::rest() {
    Rest rest;
    rest.bytes.assign(reinterpret_cast<const char*>(joined_.at()), joined_.at_hand());
    rest.bytes += before_;
    rest.of_block = of_block_;
    return rest;
}

std::uint64_t Blocks::stream_offset(std::uint64_t offset) const {
    if (offset >= given_) return stream_.offset();
    const auto piece = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                        [](std::uint64_t at, const auto& one) { return at < one.first; });
    return piece == pieces_.begin() ? stream_.offset() : piece[-1].second + (offset - piece[-1].first);
}

}  // namespace bradawl::objects
