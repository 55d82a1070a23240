#include <array>
#include <utility>

#include "schema/parser.hpp"

namespace bradawl::schema {

namespace {

using Op = Expression::Op;

struct Operator {
    int level;  ///< of precedence, as in C: the lowest binds least
    char first;
    char second;  ///< 0: one character
    Op op;
};

// Where one is the beginning of another, the longer stands first.
constexpr std::array operators{
    Operator{0, '|', '|', Op::logical_or},    Operator{1, '&', '&', Op::logical_and},
    Operator{2, '|', 0, Op::bit_or},          Operator{3, '^', 0, Op::bit_xor},
    Operator{4, '&', 0, Op::bit_and},         Operator{5, '=', '=', Op::equal},
    Operator{5, '!', '=', Op::not_equal},     Operator{6, '<', '=', Op::less_equal},
    Operator{6, '>', '=', Op::greater_equal}, Operator{6, '<', 0, Op::less},
    Operator{6, '>', 0, Op::greater},         Operator{7, '<', '<', Op::shift_left},
    Operator{7, '>', '>', Op::shift_right},   Operator{8, '+', 0, Op::add},
    Operator{8, '-', 0, Op::subtract},        Operator{9, '*', 0, Op::multiply},
    Operator{9, '/', 0, Op::divide},          Operator{9, '%', 0, Op::remainder},
};
constexpr int tightest = 9;

constexpr unsigned most_nodes = 1000;  // of one expression: to evaluate it is recursion

}  // namespace

Expression* Parser::make(Op op, Place place) {
    if (++nodes_ > most_nodes) lexer_.fail(place, "an expression too long");
    Expression& made = schema_.expressions.emplace_back();
    made.op = op;
    made.place = place;
    return &made;
}

std::uint32_t Parser::mention(const Token& token) {
    const std::uint32_t name = intern(token.spelling);
    mentioned_.insert(name);
    mentions_.emplace_back(name, token.place);
    return name;
}

/// `at_end`: it may be the last thing in a section.
const Expression* Parser::expression(bool in_angle, bool at_end) {
    deeper();
    if (open_expressions_++ == 0) nodes_ = 0;
    const bool outer = std::exchange(in_angle_, in_angle);
    const bool outer_end = std::exchange(at_end_, at_end);
    const Expression* made = binary(0);
    if (here_.is('?')) {
        Expression* const whole = make(Op::conditional, here_.place);
        advance();
        whole->operands[0] = made;
        whole->operands[1] = expression(in_angle);
        expect(':', "between the two outcomes of a condition");
        whole->operands[2] = expression(in_angle, at_end);
        made = whole;
    }
    in_angle_ = outer;
    at_end_ = outer_end;
    --open_expressions_;
    --depth_;
    return made;
}

/// Takes an operator of this level if one stands here.
bool Parser::take_operator(int level, Op& op) {
    if (here_.kind != Token::Kind::mark) return false;
    const char first = here_.spelling[0];
    const char second = ahead_.kind == Token::Kind::mark && ahead_.glued ? ahead_.spelling[0] : '\0';
    if (first == '>' && in_angle_) return false;
    if (first == '/' && section_follows()) return false;
    for (const Operator& known : operators) {
        if (known.first != first || (known.second != 0 && known.second != second)) continue;
        const bool part_of_longer =
            known.second == 0 && second == first && (first == '|' || first == '&' || first == '<' || first == '>');
        if (part_of_longer || known.level != level) {
            if (known.second != 0 && known.second == second) return false;
            continue;
        }
        advance();
        if (known.second != 0) advance();
        op = known.op;
        return true;
    }
    return false;
}

/// Whether the slash that stands here is not a division but begins a section: a field's name and colon follow.
bool Parser::section_follows() const {
    if (!at_end_ || ahead_.kind != Token::Kind::name) return false;
    Lexer copy = lexer_;
    return copy.next().is(':');
}

const Expression* Parser::binary(int level) {
    if (level > tightest) return unary();
    const Expression* left = binary(level + 1);
    Op op{};
    for (Place place = here_.place; take_operator(level, op); place = here_.place) {
        Expression* const made = make(op, place);
        made->operands[0] = left;
        made->operands[1] = binary(level + 1);
        left = made;
    }
    return left;
}

const Expression* Parser::unary() {
    const Place place = here_.place;
    constexpr std::array<std::pair<char, Op>, 3> prefixes{
        {{'-', Op::negate}, {'!', Op::invert}, {'~', Op::complement}}};
    for (const auto& [mark, op] : prefixes) {
        if (!take(mark)) continue;
        deeper();
        Expression* const made = make(op, place);
        made->operands[0] = unary();
        --depth_;
        return made;
    }
    return postfix();
}

const Expression* Parser::postfix() {
    const Expression* made = primary();
    while (true) {
        if (here_.is('.') && ahead_.kind == Token::Kind::name) {
            Expression* const member = make(Op::member, here_.place);
            advance();
            member->name = mention(here_);
            advance();
            member->operands[0] = made;
            made = member;
        } else if (here_.is('[')) {
            Expression* const index = make(Op::index, here_.place);
            advance();
            index->operands[0] = made;
            index->operands[1] = expression();
            expect(']', "behind an index");
            made = index;
        } else {
            return made;
        }
    }
}

const Expression* Parser::primary() {
    const Token token = here_;
    if (take('(')) {
        const Expression* const inner = expression();
        expect(')', "at the end of a bracket");
        return inner;
    }
    if (token.kind == Token::Kind::name) {
        if (token.spelling == "true" || token.spelling == "false") {
            Expression* const made = make(Op::integer, token.place);
            made->value = token.spelling == "true" ? 1 : 0;
            advance();
            return made;
        }
        Expression* const made = make(Op::name, token.place);
        made->name = mention(token);
        advance();
        return made;
    }
    if (token.kind == Token::Kind::text) {
        Expression* const made = make(Op::text, token.place);
        made->text = token.text;
        advance();
        return made;
    }
    if (token.kind != Token::Kind::number) lexer_.fail(token.place, "expected a value, found " + found());
    const Constant number = number_constant(false);
    if (number.kind != Constant::Kind::integer) lexer_.fail(token.place, "expressions know whole numbers only");
    Expression* const made = make(Op::integer, token.place);
    made->value = number.integer;
    return made;
}

}  // namespace bradawl::schema
