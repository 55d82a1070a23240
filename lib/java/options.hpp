#pragma once

#include <cstdint>

namespace bradawl::java {

/// How 64-bit integers stand in JSON.
enum class LongForm {
    number,  ///< as numbers, every digit kept
    safe,    ///< those beyond 2^53, which readers that know doubles only would change, as strings
    string,  ///< all as strings
};

/// How raw bytes stand in JSON.
enum class BytesForm { hex, base64 };

/// How values are spelled. Reading JSON takes every form of longs, whatever this says.
struct Spelling {
    LongForm longs = LongForm::number;
    BytesForm bytes = BytesForm::hex;
    /// Malformed text becomes U+FFFD instead of a `{"$mutf8":…}` that can be written back.
    bool lossy_replace = false;
};

/// What keeps foreign input from using up the machine. A breach is Fault::data.
struct Limits {
    std::uint64_t depth = 200;                      ///< of nesting; jq 1.6 reads no more than 256
    std::uint64_t bytes = std::uint64_t{64} << 20;  ///< of one string or byte array that has to be held
    std::uint64_t output = std::uint64_t{1} << 40;  ///< bytes written in all
    std::uint64_t memory = std::uint64_t{256}
                           << 20;  ///< for what has to be remembered: handles, names, captured fields
};

}  // namespace bradawl::java
