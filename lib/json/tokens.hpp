#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/kernel.hpp"
#include "json/problem.hpp"

namespace bradawl::json {

/// Finds the tokens of a JSON text, a window at a time, and holds what stands inside strings against RFC 8259
/// section 7 and RFC 3629: control characters, escapes, UTF-8. The order of the tokens is the reader's business.
/// Never touches a byte outside the text. The text must outlive the object.
class Tokens {
public:
    /// A place in the current window: the tokens of one word that are still to come.
    struct Cursor {
        std::uint64_t word = 0;
        std::size_t index = 0;
    };

    explicit Tokens(std::string_view text) noexcept : text_(text) {}
    Tokens(const Tokens&) = delete;
    Tokens& operator=(const Tokens&) = delete;

    /// Takes the next token: its offset, or the text's size when there is none left, because the text is at its end or
    /// because of `problem()`. A string has two tokens: its quotes.
    std::size_t take(Cursor& cursor) noexcept {
        while (cursor.word == 0) {
            if (++cursor.index >= words_) {
                if (!refill()) return text_.size();
                cursor.index = 0;
            }
            cursor.word = tokens_.data()[cursor.index];
        }
        const std::size_t offset = base_ + cursor.index * 64 + static_cast<std::size_t>(std::countr_zero(cursor.word));
        cursor.word &= cursor.word - 1;
        return offset;
    }

    /// Whether the string whose closing quote, the token just taken, stands at `offset` holds a backslash.
    bool escaped(std::size_t offset) const noexcept {
        const std::size_t at = offset - base_;
        return ((escapes_.data()[at / 64] >> (at % 64)) & 1) != 0;
    }

    /// The first thing wrong inside a string, or malformed UTF-8, or a backslash outside a string; `what` is null while
    /// none was met. No token at or behind it is given out.
    const Problem& problem() const noexcept { return problem_; }

private:
    static constexpr std::size_t window_blocks = 64;

    // Scans the next window; false when there is none, or none with tokens to give out.
    bool refill() noexcept;
    bool end_at(const Problem& problem) noexcept;

    std::string_view text_;
    std::size_t base_ = 0;   // offset of the current window
    std::size_t next_ = 0;   // offset of the next one
    std::size_t words_ = 0;  // words of the current window
    bool ended_ = false;     // there is no next one
    Problem problem_{0, nullptr};
    Carry carry_{};
    std::array<std::uint64_t, window_blocks + 1> tokens_;   // a bit a byte, a word a block; only scanned words are set
    std::array<std::uint64_t, window_blocks + 1> escapes_;  // at a closing quote: the string holds a backslash
};

}  // namespace bradawl::json
