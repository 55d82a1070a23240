#pragma once

#include <cstddef>
#include <cstdint>

namespace bradawl::json {

/// The deepest nesting of arrays and objects that is followed (RFC 8259 section 9 lets a parser set a limit).
inline constexpr std::size_t deepest = 1024;

/// What a scan carries from one block of 64 bytes to the next.
struct Carry {
    std::uint64_t in_string;  ///< all ones inside a string, else 0
    std::uint64_t escape;     ///< 1: the next byte is escaped
    std::uint64_t hex;        ///< the low bits mark bytes that must be hex digits of a \u escape
    std::uint64_t mark;       ///< 1: the open string holds a backslash
    std::uint64_t scalar;     ///< 1: the last byte was part of a number, a word or of what is neither
    bool beyond_ascii;        ///< the last block held bytes over 0x7f, so a UTF-8 sequence may be open
};

/// A run of whole blocks, and what to do behind them.
struct Stretch {
    const char* begin;
    std::size_t before;  ///< how many bytes of the same text stand in front of `begin`: none, or a multiple of 64
    std::size_t blocks;  ///< whole blocks
    bool last;         ///< the text ends `tail` bytes behind the blocks, so scan one block more, filled up with spaces
    std::size_t tail;  ///< less than 64
};

/// One implementation of the work that goes over every byte, for some instruction set.
struct Kernel {
    /// Scans a stretch and writes a word a block: `tokens` marks every token's first byte and every string's closing
    /// quote, lowest bit first; `escapes` marks, among others, the closing quotes of strings that hold a backslash.
    /// Returns whether a control character or a bad escape in a string, a backslash outside one, or malformed UTF-8 was
    /// met, and stops behind the block where it was noticed.
    bool (*scan)(const Stretch& stretch, Carry& carry, std::uint64_t* tokens, std::uint64_t* escapes) noexcept;

    /// Whether the `size` bytes at `text` are one JSON text, nested no deeper than `deepest`. A reader says what is
    /// wrong with a text that is refused.
    bool (*holds)(const char* text, std::size_t size) noexcept;
};

/// Null where the machine or the build lacks the instructions.
const Kernel* portable_kernel() noexcept;
const Kernel* sse2_kernel() noexcept;
const Kernel* avx2_kernel() noexcept;

/// The kernel in use.
const Kernel& kernel() noexcept;

/// The kernels there are. All find the same; a process takes the best that the machine can run.
enum class Scanner { portable, sse2, avx2 };

/// Makes every later reading in this process use `scanner`; false, and no change, where the machine or the build lacks
/// it. For tests and measurements.
bool use_scanner(Scanner scanner) noexcept;

}  // namespace bradawl::json
