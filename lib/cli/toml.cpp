#include "cli/toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/error.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::cli {

namespace {

constexpr std::string_view word_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

std::string utf8(std::uint32_t point) {
    std::string out;
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else {
        const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        out += static_cast<char>((0xf0U << (3 - more) & 0xffU) | point >> (6 * more));
        for (int i = more - 1; i >= 0; --i)
            out += static_cast<char>(0x80U | (point >> (6 * i) & 0x3fU));
    }
    return out;
}

class Reader {
public:
    Reader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

    std::vector<TomlItem> items() {
        for (skip_lines(); !text_.empty(); skip_lines()) {
            if (text_.front() == '[') {
                section();
            } else {
                item();
            }
            skip_blanks();
            if (!text_.empty() && text_.front() != '\n') fail(fmt::format("'{}' after the value", rest_of_line()));
        }
        return std::move(items_);
    }

private:
    [[noreturn]] void fail(const std::string& why) const {
        throw Error(Fault::config, fmt::format("{}:{}: {}", name_, line_, why));
    }
    std::string rest_of_line() const { return text::printable(text_.substr(0, text_.find_first_of("\r\n")), 40); }

    char take() {
        if (text_.empty()) fail("the file ends too early");
        const char c = text_.front();
        if (c == '\n') ++line_;
        text_.remove_prefix(1);
        return c;
    }
    bool take_if(char wanted) {
        if (text_.empty() || text_.front() != wanted) return false;
        take();
        return true;
    }
    /// Spaces and a comment, up to the line's end.
    void skip_blanks() {
        while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t' || text_.starts_with("\r\n")))
            take();
        if (!text_.empty() && text_.front() == '#') text_.remove_prefix(std::min(text_.find('\n'), text_.size()));
    }
    void skip_lines() {
        do {
            skip_blanks();
        } while (take_if('\n'));
    }

    std::string_view word() {
        const auto found = text_.substr(0, text_.find_first_not_of(word_characters));
        text_.remove_prefix(found.size());
        return found;
    }

    void section() {
        take();
        skip_blanks();
        section_ = word();
        skip_blanks();
        if (section_.empty() || !take_if(']')) fail("a section is [NAME]");
        items_.push_back({section_, "", {}, line_});
    }

    void item() {
        const std::size_t line = line_;
        const bool quoted = text_.front() == '"' || text_.front() == '\'';
        const std::string key = quoted ? quoted_text() : std::string(word());
        skip_blanks();
        if (key.empty() || !take_if('=')) fail("a setting is KEY = VALUE");
        const auto same = [&](const TomlItem& other) { return other.section == section_ && other.key == key; };
        if (std::any_of(items_.begin(), items_.end(), same)) fail(fmt::format("'{}' is there twice", key));
        skip_blanks();
        std::vector<std::string> values;
        if (take_if('[')) {
            for (skip_lines(); !take_if(']'); skip_lines()) {
                values.push_back(value());
                skip_lines();
                if (!take_if(',') && !text_.starts_with(']')) fail("values of an array need a comma between them");
            }
        } else {
            values.push_back(value());
        }
        items_.push_back({section_, key, std::move(values), line});
    }

    std::string value() {
        if (text_.starts_with('"') || text_.starts_with('\'')) return quoted_text();
        const auto found = text_.substr(0, text_.find_first_of(" \t\r\n,]#"));
        std::string plain(found);
        std::erase(plain, '_');
        const bool positive = plain.starts_with('+');
        if (found != "true" && found != "false" && !text::to_double(plain.substr(positive ? 1 : 0))) {
            fail(found.empty() ? "no value" : fmt::format("'{}' needs quotes", text::printable(found, 40)));
        }
        text_.remove_prefix(found.size());
        return plain;
    }

    /// `"…"` with escapes or `'…'` without.
    std::string quoted_text() {
        const char quote = take();
        std::string out;
        while (true) {
            if (text_.empty() || text_.front() == '\n') fail(fmt::format("no closing {}", quote));
            const char c = take();
            if (c == quote) return out;
            out += c == '\\' && quote == '"' ? escape() : std::string(1, c);
        }
    }

    std::string escape() {
        static constexpr std::string_view letters = "btnfr\"\\";
        static constexpr std::string_view meanings = "\b\t\n\f\r\"\\";
        const char letter = take();
        if (const auto at = letters.find(letter); at != letters.npos) return std::string(1, meanings[at]);
        const std::size_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
        std::uint32_t point = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const auto digit = std::string_view("0123456789abcdefABCDEF").find(take());
            if (digit == std::string_view::npos) fail("bad digit after a backslash");
            point = point << 4 | static_cast<std::uint32_t>(digit < 16 ? digit : digit - 6);
        }
        if (digits == 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) fail("bad escape");
        return utf8(point);
    }

    std::string_view text_;
    const std::string& name_;
    std::size_t line_ = 1;
    std::string section_;
    std::vector<TomlItem> items_;
};

}  // namespace

std::vector<TomlItem> read_toml(std::string_view text, const std::string& name) {
    return Reader(text, name).items();
}

}  // namespace bradawl::cli
