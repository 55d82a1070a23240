#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/random.hpp"
#include "json/reader.hpp"

/// What the tests and fuzzers of the JSON room hold it against: slow, plain, written from RFC 8259 and RFC 3629 alone.
namespace bradawl::json::reference {

/// Writes down all events, so that two readings can be compared.
struct Log {
    std::string text;
    void null() { text += "null "; }
    void boolean(bool value) { text += value ? "true " : "false "; }
    void number(std::string_view spelling, bool integral) {
        text += integral ? "integral:" : "real:";
        text += spelling;
        text += ' ';
    }
    void string(std::string_view raw, bool escaped) { quoted(escaped ? "escaped" : "plain", raw); }
    void key(std::string_view raw, bool escaped) { quoted(escaped ? "escaped key" : "key", raw); }
    void begin_object() { text += "{ "; }
    void end_object() { text += "} "; }
    void begin_array() { text += "[ "; }
    void end_array() { text += "] "; }

    void quoted(std::string_view kind, std::string_view raw) {
        text += kind;
        text += '<';
        text += raw;
        text += "> ";
    }
};

/// A recursive descent. `wrong()` is the offset of the first problem.
class Reader {
public:
    explicit Reader(std::string_view text, std::size_t max_depth = deepest) : text_(text), max_depth_(max_depth) {}

    std::optional<std::size_t> wrong() {
        spaces();
        if (!value()) return wrong_;
        spaces();
        if (at_ != text_.size()) return at_;
        return std::nullopt;
    }

    Log log;

private:
    int peek() const { return at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : -1; }
    bool fail(std::size_t at) {
        wrong_ = at;
        return false;
    }
    void spaces() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++at_;
    }
    bool digit() const { return peek() >= '0' && peek() <= '9'; }

    bool value() {
        switch (peek()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string(false);
            case 't':
                return word("true");
            case 'f':
                return word("false");
            case 'n':
                return word("null");
            default:
                return number();
        }
    }

    bool delimiter() const { return peek() < 0 || std::strchr(" \t\n\r{}[]:,\"", peek()) != nullptr; }

    bool word(std::string_view expected) {
        const std::size_t start = at_;
        if (text_.substr(at_, expected.size()) != expected) return fail(start);
        at_ += expected.size();
        if (peek() == 0 || !delimiter()) return fail(start);
        log.text += expected;
        log.text += ' ';
        return true;
    }

    bool digits() {
        if (!digit()) return fail(at_);
        while (digit())
            ++at_;
        return true;
    }

    bool number() {
        const std::size_t start = at_;
        bool integral = true;
        if (peek() == '-') ++at_;
        const bool zero = peek() == '0';
        if (!digit()) return fail(at_);
        if (zero) {
            ++at_;
            if (digit()) return fail(at_);
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            integral = false;
            ++at_;
            if (!digits()) return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            integral = false;
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            if (!digits()) return false;
        }
        if (peek() == 0 || !delimiter()) return fail(at_);
        log.number(text_.substr(start, at_ - start), integral);
        return true;
    }

    // Decodes one character and asks whether UTF-8 would have written it so.
    bool character() {
        const std::size_t start = at_;
        const int lead = peek();
        int more = 0;
        if (lead < 0x80)
            more = 0;
        else if (lead >> 5 == 6)
            more = 1;
        else if (lead >> 4 == 14)
            more = 2;
        else if (lead >> 3 == 30)
            more = 3;
        else
            return fail(start);
        std::uint32_t code = static_cast<std::uint32_t>(more == 0 ? lead : lead & (0x3f >> more));
        ++at_;
        for (int i = 0; i < more; ++i, ++at_) {
            if (peek() < 0 || peek() >> 6 != 2) return fail(start);
            code = code << 6 | static_cast<std::uint32_t>(peek() & 0x3f);
        }
        const int needed = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        if (needed != more || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return fail(start);
        return true;
    }

    bool string(bool is_key) {
        const std::size_t start = at_++;
        bool escaped = false;
        while (peek() != '"') {
            if (peek() < 0) return fail(start);
            if (peek() < 0x20) return fail(at_);
            if (peek() != '\\') {
                if (!character()) return false;
                continue;
            }
            escaped = true;
            ++at_;
            if (peek() < 0) return fail(start);
            if (peek() == 0 || std::strchr("\"\\/bfnrtu", peek()) == nullptr) return fail(at_);
            const bool unit = peek() == 'u';
            ++at_;
            for (int i = 0; unit && i < 4; ++i, ++at_) {
                if (peek() < 0) return fail(start);
                if (peek() == 0 || std::strchr("0123456789abcdefABCDEF", peek()) == nullptr) return fail(at_);
            }
        }
        const std::string_view raw = text_.substr(start + 1, at_ - start - 1);
        ++at_;
        is_key ? log.key(raw, escaped) : log.string(raw, escaped);
        return true;
    }

    bool object() {
        if (depth_ == max_depth_) return fail(at_);
        ++depth_, ++at_;
        log.begin_object();
        spaces();
        bool first = true;
        while (first || peek() == ',') {
            if (first && peek() == '}') break;
            if (!first) ++at_, spaces();
            first = false;
            if (peek() != '"') return fail(at_);
            if (!string(true)) return false;
            spaces();
            if (peek() != ':') return fail(at_);
            ++at_, spaces();
            if (!value()) return false;
            spaces();
        }
        if (peek() != '}') return fail(at_);
        --depth_, ++at_;
        log.end_object();
        return true;
    }

    bool array() {
        if (depth_ == max_depth_) return fail(at_);
        ++depth_, ++at_;
        log.begin_array();
        spaces();
        bool first = true;
        while (first || peek() == ',') {
            if (first && peek() == ']') break;
            if (!first) ++at_, spaces();
            first = false;
            if (!value()) return false;
            spaces();
        }
        if (peek() != ']') return fail(at_);
        --depth_, ++at_;
        log.end_array();
        return true;
    }

    std::string_view text_;
    std::size_t max_depth_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    std::size_t wrong_ = 0;
};

/// The bytes alone in a heap block of their own, so that AddressSanitizer sees a read one byte outside.
class Exact {
public:
    explicit Exact(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
        if (size_ != 0) std::memcpy(bytes_.get(), text.data(), size_);
    }
    std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

/// A random document that is right, dense in what readers get wrong.
class Maker {
public:
    explicit Maker(Random& random) : random_(random) {}

    std::string document() {
        std::string out;
        value(out, 0);
        return out;
    }

private:
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.next() % n); }

    template <std::size_t N>
    const char* any(const char* const (&choices)[N]) {
        return choices[below(N)];
    }

    static constexpr const char* spaces_over_a_block =
        "                                                                      ";

    void space(std::string& out) {
        if (below(4) == 0) out += any({" ", "\t", "\n", "\r", "   \r\n", spaces_over_a_block});
    }

    void string(std::string& out) {
        out += '"';
        for (std::size_t left = below(4) == 0 ? below(90) : below(8); left > 0; --left) {
            out += any({"a",
                        "Z",
                        " ",
                        "0",
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "/",
                        "\x7f",
                        "\xc2\x80",
                        "\xdf\xbf",
                        "\xe0\xa0\x80",
                        "\xe3\x81\x82",
                        "\xed\x9f\xbf",
                        "\xee\x80\x80",
                        "\xef\xbf\xbf",
                        "\xf0\x90\x80\x80",
                        "\xf4\x8f\xbf\xbf",
                        "\\\"",
                        "\\\\",
                        "\\/",
                        "\\b",
                        "\\n",
                        "\\u0000",
                        "\\ud800",
                        "\\uDBFF\\udFff",
                        "\\\\\\\\\\\""});
        }
        out += '"';
    }

    void value(std::string& out, int depth) {
        space(out);
        const std::size_t kind = below(depth < 6 ? 8 : 5);
        if (kind < 2) {
            string(out);
        } else if (kind < 4) {
            out += any({"0", "-0", "7", "12345678901234567890123", "-1.5", "0.25e-3", "1E+400", "10e1", "3.000"});
        } else if (kind == 4) {
            out += any({"true", "false", "null"});
        } else {
            const bool object = kind != 5;
            out += object ? '{' : '[';
            const std::size_t members = below(5);
            for (std::size_t i = 0; i < members; ++i) {
                if (i > 0) out += ',';
                space(out);
                if (object) string(out), space(out), out += ':';
                value(out, depth + 1);
            }
            space(out);
            out += object ? '}' : ']';
        }
        space(out);
    }

    Random& random_;
};

}  // namespace bradawl::json::reference
