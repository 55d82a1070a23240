#include "schema/lexer.hpp"

#include "core/error.hpp"
#include "json/utf8.hpp"
#include "text/printable.hpp"

namespace bradawl::schema {

namespace {

constexpr std::string_view marks = "(){}[]<>=:;,/?!&|^~+-*%.";

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

Lexer::Lexer(std::string_view text, std::string origin) : text_(text), origin_(std::move(origin)) {}

void Lexer::fail(Place place, const std::string& what) const {
    throw Error(Fault::usage,
                origin_ + ": " + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + what);
}

void Lexer::step() {
    if (text_[at_] == '\n') {
        ++place_.line;
        place_.column = 0;
    }
    // A character of several bytes is one column.
    if ((static_cast<unsigned char>(text_[at_]) & 0xc0) != 0x80) ++place_.column;
    if (text_[at_] == '\n') place_.column = 1;
    ++at_;
}

void Lexer::pass_blanks() {
    while (more() && (is_blank(text_[at_]) || text_[at_] == '#')) {
        if (text_[at_] == '#') {
            while (more() && text_[at_] != '\n')
                step();
        } else {
            step();
        }
    }
}

Token Lexer::next() {
    const std::size_t before = at_;
    pass_blanks();
    Token token;
    token.glued = at_ == before;
    token.place = place_;
    if (!more()) return token;
    const std::size_t begin = at_;
    const char c = text_[at_];
    if (c == '"') {
        const bool glued = token.glued;
        token = quoted();
        token.glued = glued;
        return token;
    }
    if (begins_name(c)) {
        token.kind = Token::Kind::name;
        while (more() && (begins_name(text_[at_]) || is_digit(text_[at_])))
            step();
    } else if (is_digit(c)) {
        // One dot with a digit behind belongs to the number: `1..n` has two.
        token.kind = Token::Kind::number;
        const auto goes_on = [&] {
            const char here = text_[at_];
            const char behind = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
            const char front = text_[at_ - 1];
            const bool hex = text_.substr(begin).starts_with("0x");
            return is_digit(here) || begins_name(here) || (here == '.' && is_digit(behind)) ||
                   ((here == '+' || here == '-') && !hex && (front == 'e' || front == 'E') && is_digit(behind));
        };
        step();
        while (more() && goes_on())
            step();
    } else if (marks.find(c) != std::string_view::npos) {
        token.kind = Token::Kind::mark;
        step();
    } else {
        const auto lead = static_cast<unsigned char>(c);
        const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        fail(place_, "'" + text::printable(text_.substr(at_, length)) + "' means nothing in a schema");
    }
    token.spelling = text_.substr(begin, at_ - begin);
    return token;
}

Token Lexer::quoted() {
    Token token;
    token.kind = Token::Kind::text;
    token.place = place_;
    const std::size_t begin = at_;
    step();
    while (more() && text_[at_] != '"' && text_[at_] != '\n') {
        if (text_[at_] == '\\') {
            token.text += escape();
        } else {
            token.text += text_[at_];
            step();
        }
    }
    if (!more() || text_[at_] == '\n') fail(token.place, "text without an end");
    if (!json::is_utf8(token.text)) fail(token.place, "text that is not UTF-8");
    step();
    token.spelling = text_.substr(begin, at_ - begin);
    return token;
}

/// The character that a backslash and what follows stand for.
char Lexer::escape() {
    const Place place = place_;
    step();
    const char c = more() ? text_[at_] : '\0';
    constexpr std::string_view letters = "nrt0\\\"";
    constexpr std::string_view meanings("\n\r\t\0\\\"", 6);
    const std::size_t found = letters.find(c);
    if (c == '\0' || found == std::string_view::npos) fail(place, "an escape is one of \\n \\r \\t \\0 \\\\ \\\"");
    step();
    return meanings[found];
}

}  // namespace bradawl::schema
