#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace bradawl::json {

/// Goes through one JSON text that check() has accepted, value by value, where a reader knows what it wants next. Bytes
/// are handed out as they stand; nothing is checked again.
class Cursor {
public:
    explicit Cursor(std::string_view text) noexcept : at_(text.data()), end_(at_ + text.size()) {}

    /// Between the quotes of a string.
    struct Raw {
        std::string_view inside;
        bool escaped;  ///< it holds a backslash
    };

    /// The first byte of what comes next, past blanks; 0 at the end.
    char peek() noexcept {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r'))
            ++at_;
        return at_ == end_ ? '\0' : *at_;
    }

    /// Passes over `c` if it comes next.
    bool take(char c) noexcept {
        if (peek() != c) return false;
        ++at_;
        return true;
    }

    /// Passes over exactly these bytes if they stand here, without a look for blanks.
    bool take(std::string_view bytes) noexcept {
        if (static_cast<std::size_t>(end_ - at_) < bytes.size() || !same(at_, bytes.data(), bytes.size())) return false;
        at_ += bytes.size();
        return true;
    }

    /// The string that comes next: peek() is a quote.
    Raw string() noexcept {
        peek();
        const char* const begin = ++at_;
        bool escaped = false;
        for (; *at_ != '"'; ++at_) {
            if (*at_ != '\\') continue;
            escaped = true;
            ++at_;
        }
        return {{begin, static_cast<std::size_t>(at_++ - begin)}, escaped};
    }

    /// The number or word that comes next.
    std::string_view token() noexcept {
        peek();
        const char* const begin = at_;
        while (at_ != end_ && *at_ != ',' && *at_ != '}' && *at_ != ']' && *at_ != ' ' && *at_ != '\t' &&
               *at_ != '\n' && *at_ != '\r')
            ++at_;
        return {begin, static_cast<std::size_t>(at_ - begin)};
    }

    /// Passes over the value that comes next and returns its text.
    std::string_view value() noexcept {
        const char first = peek();
        const char* const begin = at_;
        if (first == '"') {
            string();
        } else if (first == '{' || first == '[') {
            std::size_t depth = 0;
            do {
                const char c = *at_;
                if (c == '"') {
                    string();
                    continue;
                }
                if (c == '{' || c == '[') ++depth;
                if (c == '}' || c == ']') --depth;
                ++at_;
            } while (depth > 0);
        } else {
            token();
        }
        return {begin, static_cast<std::size_t>(at_ - begin)};
    }

    /// Calls take(Raw key) in front of the value of each member of the object that comes next; it passes over the
    /// value. False, without a step, when no object comes.
    template <class Take>
    bool members(Take take_value) {
        if (!take('{')) return false;
        if (take('}')) return true;
        do {
            const Raw key = string();
            take(':');
            peek();
            take_value(key);
        } while (take(','));
        return take('}');
    }

    const char* at() const noexcept { return at_; }
    const char* end() const noexcept { return end_; }

    /// Goes on at a place that at() gave before, or behind what a caller has read itself.
    void move_to(const char* at) noexcept { at_ = at; }

private:
    template <class Word>
    static bool same_ends(const char* a, const char* b, std::size_t n) noexcept {
        Word words[4];
        std::memcpy(&words[0], a, sizeof(Word));
        std::memcpy(&words[1], b, sizeof(Word));
        std::memcpy(&words[2], a + n - sizeof(Word), sizeof(Word));
        std::memcpy(&words[3], b + n - sizeof(Word), sizeof(Word));
        return words[0] == words[1] && words[2] == words[3];
    }
    /// memcmp without a call for the lengths that keys have.
    static bool same(const char* a, const char* b, std::size_t n) noexcept {
        if (n >= 4 && n <= 8) return same_ends<std::uint32_t>(a, b, n);
        if (n > 8 && n <= 16) return same_ends<std::uint64_t>(a, b, n);
        return std::memcmp(a, b, n) == 0;
    }

    const char* at_;
    const char* end_;
};

}  // namespace bradawl::json
