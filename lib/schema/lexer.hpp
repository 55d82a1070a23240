#pragma once

#include <string>
#include <string_view>

#include "schema/constant.hpp"

namespace bradawl::schema {

/// The smallest piece of a schema's text. Operators of several characters are left in pieces: whether `>>` is one or
/// closes two sizes only the parser knows, by `glued`.
struct Token {
    enum class Kind { end, name, number, text, mark };
    Kind kind = Kind::end;
    std::string_view spelling;
    std::string text;    ///< of a text: what it says
    bool glued = false;  ///< nothing stands between this and the token before
    Place place;

    bool is(char mark) const { return kind == Kind::mark && spelling[0] == mark; }
    bool is_name(std::string_view word) const { return kind == Kind::name && spelling == word; }
};

/// Cuts a schema's text into tokens, past blanks and `#` comments. The text must outlive it.
class Lexer {
public:
    /// `origin` stands for the text in messages. Errors, of this and of next(): Fault::usage.
    Lexer(std::string_view text, std::string origin);

    Token next();

    [[noreturn]] void fail(Place place, const std::string& what) const;

private:
    void pass_blanks();
    Token quoted();
    char escape();
    void step();
    bool more() const { return at_ < text_.size(); }

    std::string_view text_;
    std::string origin_;
    std::size_t at_ = 0;
    Place place_;
};

}  // namespace bradawl::schema
