#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "java/emitter.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "record/decoder.hpp"

namespace bradawl::record {

/// Keeps the bytes that a Source has read lately, for a dump that shows them. Stands between a Source and its input.
class Tape {
public:
    explicit Tape(java::Source::Refill refill) : refill_(std::move(refill)) {}

    /// What a Source is to be filled with; this must live as long. Without `keep` nothing is kept.
    java::Source::Refill refill(bool keep);

    /// The bytes from one offset to another, or as many as are kept; forgets what stands in front of them.
    std::string_view between(std::uint64_t begin, std::uint64_t end);

private:
    java::Source::Refill refill_;
    std::string kept_;
    std::uint64_t offset_ = 0;  // of the first byte kept
};

/// Reads an input and prints a line a value: its offset, its bytes, its path, its type and the value as JSON; sizes and
/// counts in front of values have lines of their own. Errors: as for Decoder::decode().
void annotate(Decoder& decoder, Tape& tape, java::Source& source, java::Emitter& out, const java::Spelling& spelling);

}  // namespace bradawl::record
