#include "schema/base_types.hpp"
#include "schema/constant_bytes.hpp"
#include "schema/parser.hpp"

namespace bradawl::schema {

namespace {

constexpr unsigned most_suffixes = 16;

}  // namespace

Type* Parser::choice(Type* made) {
    made->kind = Kind::choice;
    advance();
    expect('(', "behind switch");
    made->subject = expression();
    expect(')', "behind what a switch asks");
    expect('{', "in front of a switch's arms");
    for (pass_separators(); !here_.is('}'); pass_separators()) {
        Arm arm;
        const Place place = here_.place;
        if (here_.is_name("else")) {
            advance();
        } else {
            do
                arm.cases.push_back(constant());
            while (take('|'));
        }
        if (!made->arms.empty() && made->arms.back().cases.empty()) lexer_.fail(place, "an arm behind else");
        if (!here_.is('-') || !ahead_.is('>')) lexer_.fail(here_.place, "expected '->', found " + found());
        advance();
        advance();
        arm.type = type();
        made->arms.push_back(std::move(arm));
    }
    advance();
    return made;
}

Type* Parser::bits(Type* made) {
    made->kind = Kind::bits;
    advance();
    advance();
    const Place place = here_.place;
    const BaseName* const carrier = base_called(expect_name("an integer type"));
    if (carrier == nullptr || !is_integer(carrier->kind) || carrier->size == 0)
        lexer_.fail(place, "bits are cut from an integer type of fixed size");
    made->carrier = carrier->kind;
    expect('>', "behind the type that bits are cut from");
    expect('{', "in front of the bits");
    std::uint64_t sum = 0;
    for (pass_separators(); !here_.is('}'); pass_separators()) {
        BitField bit;
        const Place name = here_.place;
        bit.name = intern(expect_name("a name"));
        for (const BitField& other : made->bit_fields) {
            if (other.name == bit.name) lexer_.fail(name, "two bits called '" + schema_.names[bit.name] + "'");
        }
        expect(':', "behind a name");
        const Place at = here_.place;
        const Constant width = constant();
        if (width.kind != Constant::Kind::integer || width.integer < 1 || width.integer > 64)
            lexer_.fail(at, "a number of bits is from 1 to 64");
        bit.width = static_cast<std::uint32_t>(width.integer);
        sum += bit.width;
        made->bit_fields.push_back(bit);
    }
    advance();
    if (sum != std::uint64_t{carrier->size} * 8)
        lexer_.fail(place, "the bits are " + std::to_string(sum) + ", but " + carrier->name + " has " +
                               std::to_string(carrier->size * 8));
    return made;
}

const Type* Parser::suffixes(const Type* base) {
    unsigned nested = 0;
    for (;; ++nested) {
        if (nested > most_suffixes) lexer_.fail(here_.place, "nested too deep");
        if (here_.is('[')) {
            base = array(base);
        } else if (here_.is('<')) {
            base = region(base);
        } else if (here_.is('?')) {
            Type* const made = make_type(Kind::maybe);
            advance();
            made->element = base;
            base = made;
        } else {
            return base;
        }
    }
}

Type* Parser::array(const Type* element) {
    Type* const made = make_type(Kind::array);
    made->element = element;
    advance();
    made->extent = count();
    expect(']', "behind a count");
    return made;
}

Type* Parser::region(const Type* element) {
    Type* const made = make_type(Kind::region);
    made->element = element;
    advance();
    Extent& size = made->extent;
    if (take('*')) {
        size.by = Extent::By::rest;
    } else if (const Kind prefix = prefix_or_nothing(); prefix != Kind::none) {
        size.by = Extent::By::prefix;
        size.prefix = prefix;
    } else {
        size.number = expression(true);
    }
    expect('>', "behind a size");
    return made;
}

/// The integer type that stands here alone, or none.
Kind Parser::prefix_or_nothing() {
    const BaseName* const known = here_.kind == Token::Kind::name ? base_called(here_.spelling) : nullptr;
    if (known == nullptr) return Kind::none;
    if (!is_integer(known->kind)) lexer_.fail(here_.place, std::string(known->name) + " cannot hold a size");
    advance();
    return known->kind;
}

Extent Parser::count() {
    Extent made;
    if (take('*')) {
        made.by = Extent::By::rest;
        return made;
    }
    if (here_.is_name("until")) {
        advance();
        made.by = Extent::By::until;
        made.until = terminator(made.prefix);
        return made;
    }
    if (const Kind prefix = prefix_or_nothing(); prefix != Kind::none) {
        made.by = Extent::By::prefix;
        made.prefix = prefix;
        return made;
    }
    made.number = expression();
    if (!here_.is('.')) return made;
    advance();
    expect('.', "in a range such as 1..n");
    made.by = Extent::By::slots;
    made.first = made.number;
    made.number = expression();
    if (!here_.is_name("slots")) lexer_.fail(here_.place, "expected 'slots' behind a range, found " + found());
    advance();
    made.step = expression();
    return made;
}

/// `0:ubyte`, as the bytes it is.
std::string Parser::terminator(Kind& kind) {
    const Constant value = constant();
    expect(':', "between the value that ends an array and its type");
    const Place place = here_.place;
    const BaseName* const known = base_called(expect_name("an integer type"));
    if (known == nullptr || !is_integer(known->kind) || known->size == 0 || value.kind != Constant::Kind::integer)
        lexer_.fail(place, "an array ends at an integer of fixed size, such as 0:ubyte");
    kind = known->kind;
    if (!fits(kind, value.integer, value.beyond_int64))
        lexer_.fail(value.place, value.spelling + " is no " + known->name);
    const auto bits = static_cast<std::uint64_t>(value.integer);
    std::string bytes;
    for (unsigned at = known->size; at-- > 0;)
        bytes += static_cast<char>(bits >> (8 * at));
    return bytes;
}

}  // namespace bradawl::schema
