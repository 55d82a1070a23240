#include <charconv>

#include "schema/parser.hpp"

namespace bradawl::schema {

Constant Parser::constant() {
    const Token token = here_;
    Constant made;
    made.place = token.place;
    made.spelling = token.spelling;
    if (token.kind == Token::Kind::text) {
        made.kind = Constant::Kind::text;
        made.text = token.text;
        advance();
        return made;
    }
    if (token.is_name("true") || token.is_name("false")) {
        made.kind = Constant::Kind::boolean;
        made.integer = token.spelling == "true" ? 1 : 0;
        advance();
        return made;
    }
    const bool negative = take('-');
    if (here_.kind != Token::Kind::number) lexer_.fail(here_.place, "expected a number or \"text\", found " + found());
    return number_constant(negative);
}

Constant Parser::number_constant(bool negative) {
    Constant made;
    made.place = here_.place;
    made.spelling = (negative ? "-" : "") + std::string(here_.spelling);
    std::string_view digits = here_.spelling;
    const bool hex = digits.starts_with("0x") || digits.starts_with("0X");
    if (hex) digits.remove_prefix(2);
    std::uint64_t magnitude = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, hex ? 16 : 10);
    if (error == std::errc{} && end == digits.data() + digits.size()) {
        if (negative && magnitude > std::uint64_t{1} << 63) lexer_.fail(made.place, "a number beyond 64 bits");
        made.integer = static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
        made.beyond_int64 = !negative && magnitude >> 63 != 0;
        advance();
        return made;
    }
    if (error == std::errc::result_out_of_range) lexer_.fail(made.place, "a number beyond 64 bits");
    made.kind = Constant::Kind::real;
    const auto real = std::from_chars(digits.data(), digits.data() + digits.size(), made.real);
    if (hex || real.ec != std::errc{} || real.ptr != digits.data() + digits.size())
        lexer_.fail(made.place, found() + " is no number");
    if (negative) made.real = -made.real;
    advance();
    return made;
}

}  // namespace bradawl::schema
