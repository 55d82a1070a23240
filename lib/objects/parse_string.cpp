#include <fmt/format.h>

#include <algorithm>

#include "objects/parser.hpp"

namespace bradawl::objects {

/// Looks at the `n` bytes of a string that stand next, `offset` being that of their beginning.
StringText Parser::text(std::size_t n, std::uint64_t offset) {
    const std::uint8_t* const bytes = source_.at();
    StringText made{bytes, n, java::plain_prefix(bytes, n) == n, false, {n, nullptr, true, false}};
    if (made.plain) return made;
    made.verdict = java::inspect_mutf8(bytes, n);
    if (made.verdict.problem != nullptr)
        fail(offset + made.verdict.valid, fmt::format("malformed modified UTF-8: byte 0x{:02X} {}",
                                                      bytes[made.verdict.valid], made.verdict.problem));
    if (strict_ && !made.verdict.canonical) fail(offset, "modified UTF-8 as Java would not write it (--strict)");
    return made;
}

/// Reads a string with its tag; returns its handle.
std::uint32_t Parser::string(Tag tag) {
    const bool is_long = tag == Tag::long_string;
    require(is_long ? 9 : 3, "string");
    const std::uint64_t offset = source_.offset() + (is_long ? 9 : 3);
    const std::uint64_t n = is_long ? java::load64(source_.at() + 1) : java::load16(source_.at() + 1);
    if (n >> 63 != 0) fail(offset - 8, fmt::format("a string length of {}", static_cast<std::int64_t>(n)));
    source_.advance(is_long ? 9 : 3);
    StringText found{};
    if (n <= java::Source::longest_piece) {
        if (!source_.ensure(static_cast<std::size_t>(n))) truncated("string", n);
        found = text(static_cast<std::size_t>(n), offset);
        found.is_long = is_long;
        const std::uint32_t length = static_cast<std::uint32_t>(n);
        Handle handle{Known::string, 0, 0, length, 0};
        if (!state_.handles.keep({reinterpret_cast<const char*>(found.bytes), found.n}, handle.word))
            fail(source_.offset(), "too much text to remember (--max-memory)");
        const std::uint32_t number = add(handle);
        tell_->string(number, found);
        source_.advance(static_cast<std::size_t>(n));
        return number;
    }
    return long_string(tag, n, offset);
}

/// One that no buffer holds.
std::uint32_t Parser::long_string(Tag tag, std::uint64_t n, std::uint64_t offset) {
    if (n > limits_.bytes) fail(offset - 8, fmt::format("a string of {} bytes (--max-bytes)", n));
    long_text_.clear();
    while (long_text_.size() < n) {
        if (!source_.ensure(1)) truncated("string", n - long_text_.size());
        const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(n - long_text_.size(), source_.at_hand()));
        long_text_.append(reinterpret_cast<const char*>(source_.at()), some);
        source_.advance(some);
    }
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(long_text_.data());
    const StringText found{bytes, long_text_.size(), false, tag == Tag::long_string,
                           java::inspect_mutf8(bytes, long_text_.size())};
    if (found.verdict.problem != nullptr)
        fail(offset + found.verdict.valid, fmt::format("malformed modified UTF-8: byte 0x{:02X} {}",
                                                       bytes[found.verdict.valid], found.verdict.problem));
    if (strict_ && !found.verdict.canonical) fail(offset, "modified UTF-8 as Java would not write it (--strict)");
    Handle handle{Known::string, 0, 0, static_cast<std::uint32_t>(n), 0};
    if (!state_.handles.keep(long_text_, handle.word)) fail(offset, "too much text to remember (--max-memory)");
    const std::uint32_t number = add(handle);
    tell_->string(number, found);
    return number;
}

}  // namespace bradawl::objects
