#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "java/source.hpp"

namespace bradawl::objects {

/// Consecutive blocks of an object stream as one source: where they end means nothing to what was written in them.
class Blocks {
public:
    /// What of the blocks in front was not read yet.
    struct Rest {
        std::string bytes;
        std::uint64_t of_block = 0;  ///< bytes of the last block that the stream has still to give
    };

    /// `stream`: at a block, or behind one of which there is a `rest`; used as long as this lives.
    explicit Blocks(java::Source& stream) : Blocks(stream, Rest()) {}
    Blocks(java::Source& stream, Rest rest);

    Blocks(const Blocks&) = delete;
    Blocks& operator=(const Blocks&) = delete;

    java::Source& source() { return joined_; }

    /// Whether nothing is left of the blocks that have begun.
    bool between() const { return joined_.at_hand() == 0 && of_block_ == 0; }

    /// Takes what was not read.
    Rest rest();

    /// The offset in the stream that an offset in source() stands for.
    std::uint64_t stream_offset(std::uint64_t offset) const;

private:
    std::size_t refill(std::span<std::uint8_t> into);
    bool next_block();

    java::Source& stream_;
    std::string before_;  // of the rest, in front of what the stream gives
    std::uint64_t of_block_ = 0;
    std::uint64_t given_ = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> pieces_;  // offsets here and in the stream
    java::Source joined_;
};

/// Thrown through a reader of a Blocks' source for an error in the stream itself, whose offset needs no translation.
struct StreamError {
    std::uint64_t offset;
    std::string text;
};

}  // namespace bradawl::objects
