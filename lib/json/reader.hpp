#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "json/kernel.hpp"
#include "json/problem.hpp"
#include "json/scalar.hpp"
#include "json/tokens.hpp"

namespace bradawl::json {

/// The handler that hears nothing, and the list of what a handler has. Each function returns void, or `const char*`:
/// null to go on, a constant text to stop the reading with a Problem at the offset of that value. A handler that also
/// has `at(std::size_t offset)` hears, before each call, where in the text the value (or the end) it is about begins.
struct Ignore {
    void null() noexcept {}
    void boolean(bool) noexcept {}
    /// `spelling` is the number as written (json/number.hpp gives its value); `integral`: no fraction, no exponent.
    void number(std::string_view, bool) noexcept {}
    /// `raw` stands between the quotes: valid UTF-8 and valid escapes, not decoded (json/unescape.hpp does that).
    /// `escaped`: it holds a backslash.
    void string(std::string_view, bool) noexcept {}
    void key(std::string_view, bool) noexcept {}
    void begin_object() noexcept {}
    void end_object() noexcept {}
    void begin_array() noexcept {}
    void end_array() noexcept {}
};

namespace detail {

/// The grammar of RFC 8259 over the tokens of one text, without recursion. Its state is kept apart from Tokens so that
/// it can live in registers: no member function may be called out of line.
template <class Handler>
class Walk {
public:
    Walk(std::string_view text, Tokens& tokens, Handler& handler, std::size_t max_depth) noexcept
        : text_(text), tokens_(tokens), handler_(handler), max_depth_(max_depth < deepest ? max_depth : deepest) {}

    [[gnu::always_inline]] bool run() {
        char c = take();
        for (;;) {
            if (c == '{' || c == '[') {
                if (!open(c)) return false;
                c = take();
                if (c == closer()) {
                    if (!close()) return false;
                } else if (!in_object_ || member(c)) {
                    continue;
                } else {
                    return false;
                }
            } else if (!scalar(c)) {
                return false;
            }
            while (depth_ > 0 && (c = take()) != ',') {
                if (c != closer()) return fail(in_object_ ? "expected ',' or '}'" : "expected ',' or ']'");
                if (!close()) return false;
            }
            if (depth_ == 0) break;
            c = take();
            if (in_object_ && !member(c)) return false;
        }
        take();
        return offset_ == text_.size() && tokens_.problem().what == nullptr ? true : fail("text after the value");
    }

    /// Why `run` returned false.
    Problem problem() const noexcept { return problem_; }

private:
    // Takes the next token and returns its first byte; 0, which begins no token, at the end.
    [[gnu::always_inline]] char take() noexcept {
        offset_ = tokens_.take(cursor_);
        return offset_ < text_.size() ? text_.data()[offset_] : '\0';
    }

    // Takes a key, its colon, and the token behind it, into `c`, which held the key's first byte.
    [[gnu::always_inline]] bool member(char& c) {
        if (c != '"') return fail("expected a key");
        const std::size_t at = offset_;
        if (!close_quote()) return false;
        if (!tell(at, [&] { return handler_.key(between(at), tokens_.escaped(offset_)); })) return false;
        if (take() != ':') return fail("expected ':'");
        c = take();
        return true;
    }

    [[gnu::always_inline]] bool scalar(char c) {
        const std::size_t at = offset_;
        const char* const begin = text_.data() + at;
        const char* const end = text_.data() + text_.size();
        switch (c) {
            case '"':
                return close_quote() &&
                       tell(at, [&] { return handler_.string(between(at), tokens_.escaped(offset_)); });
            case 't':
                if (!is_word(begin, end, "true")) return fail("unknown word");
                return tell(at, [&] { return handler_.boolean(true); });
            case 'f':
                if (!is_word(begin, end, "false")) return fail("unknown word");
                return tell(at, [&] { return handler_.boolean(false); });
            case 'n':
                if (!is_word(begin, end, "null")) return fail("unknown word");
                return tell(at, [&] { return handler_.null(); });
            default:
                break;
        }
        if (c != '-' && !is_digit(c)) return fail("expected a value");
        const Number number = read_number(begin, end);
        if (number.what != nullptr) return stop(static_cast<std::size_t>(number.end - text_.data()), number.what);
        return tell(at, [&] {
            return handler_.number({begin, static_cast<std::size_t>(number.end - begin)}, number.integral);
        });
    }

    [[gnu::always_inline]] bool open(char c) {
        if (depth_ == max_depth_) return fail("nested too deep");
        const std::uint64_t bit = std::uint64_t{1} << (depth_ % 64);
        std::uint64_t& kinds = outer_objects_[depth_ / 64];
        kinds = in_object_ ? kinds | bit : kinds & ~bit;
        ++depth_;
        in_object_ = c == '{';
        if (in_object_) return tell(offset_, [&] { return handler_.begin_object(); });
        return tell(offset_, [&] { return handler_.begin_array(); });
    }

    [[gnu::always_inline]] bool close() {
        const bool object = in_object_;
        --depth_;
        in_object_ = ((outer_objects_[depth_ / 64] >> (depth_ % 64)) & 1) != 0;
        if (object) return tell(offset_, [&] { return handler_.end_object(); });
        return tell(offset_, [&] { return handler_.end_array(); });
    }

    [[gnu::always_inline]] char closer() const noexcept { return in_object_ ? '}' : ']'; }

    [[gnu::always_inline]] bool close_quote() noexcept {
        const std::size_t at = offset_;
        take();
        if (offset_ < text_.size()) [[likely]]
            return true;
        return stop(at, "string without an end");
    }

    // The string whose opening quote is at `at`; the closing one was just taken.
    [[gnu::always_inline]] std::string_view between(std::size_t at) const noexcept {
        return {text_.data() + at + 1, offset_ - at - 1};
    }

    // Calls the handler about the value at `at`.
    template <class Call>
    [[gnu::always_inline]] bool tell(std::size_t at, Call call) {
        if constexpr (requires { handler_.at(at); }) handler_.at(at);
        if constexpr (std::is_void_v<decltype(call())>) {
            call();
            return true;
        } else {
            const char* const what = call();
            if (what == nullptr) [[likely]]
                return true;
            problem_ = {at, what};
            return false;
        }
    }

    bool fail(const char* what) noexcept {
        if (offset_ == text_.size()) what = "text ends too early";
        if (offset_ == 0 && text_.starts_with("\xef\xbb\xbf")) what = "byte order mark in front of the value";
        return stop(offset_, what);
    }

    // What the tokens know of goes first where it stands first.
    bool stop(std::size_t at, const char* what) noexcept {
        problem_ = {at, what};
        const bool no_token_left = offset_ == text_.size();
        if (no_token_left && tokens_.problem().what != nullptr) problem_ = tokens_.problem();
        return false;
    }

    std::string_view text_;
    Tokens& tokens_;
    Handler& handler_;
    Tokens::Cursor cursor_;
    std::size_t max_depth_;
    std::size_t depth_ = 0;
    std::size_t offset_ = 0;  // of the last token taken
    bool in_object_ = false;
    Problem problem_{0, nullptr};
    std::array<std::uint64_t, deepest / 64> outer_objects_;  // a bit a level: what the level lies in is an object
};

}  // namespace detail

/// Reads exactly one JSON text (RFC 8259 section 2, a value with optional white space around it) and tells the handler
/// of it (see Ignore). Strict: UTF-8 by RFC 3629, no byte order mark, no extension of any kind. Legal: any value at the
/// top, numbers of any length and size, duplicate keys, escapes of lone surrogates.
/// Returns the first problem in the order of the text, or nothing; the handler may have heard of what stands before it.
/// `max_depth`: how many arrays and objects may lie in one another, at most `deepest`.
template <class Handler>
std::optional<Problem> read(std::string_view text, Handler& handler, std::size_t max_depth = deepest) {
    Tokens tokens(text);
    detail::Walk<Handler> walk(text, tokens, handler, max_depth);
    if (walk.run()) [[likely]]
        return std::nullopt;
    return walk.problem();
}

}  // namespace bradawl::json
