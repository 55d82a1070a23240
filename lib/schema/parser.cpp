#include "schema/parser.hpp"

#include <array>
#include <charconv>

#include "text/nearest.hpp"
#include "text/printable.hpp"

namespace bradawl::schema {

namespace {

constexpr unsigned deepest_nesting = 200;

struct BaseName {
    const char* name;
    Kind kind;
    std::uint8_t size;
};

constexpr std::array base_names{
    BaseName{"bool", Kind::boolean, 1},  BaseName{"byte", Kind::int8, 1},      BaseName{"ubyte", Kind::uint8, 1},
    BaseName{"short", Kind::int16, 2},   BaseName{"ushort", Kind::uint16, 2},  BaseName{"char", Kind::char16, 2},
    BaseName{"i24", Kind::int24, 3},     BaseName{"u24", Kind::uint24, 3},     BaseName{"int", Kind::int32, 4},
    BaseName{"uint", Kind::uint32, 4},   BaseName{"long", Kind::int64, 8},     BaseName{"ulong", Kind::uint64, 8},
    BaseName{"float", Kind::float32, 4}, BaseName{"double", Kind::float64, 8}, BaseName{"vint", Kind::vint, 0},
    BaseName{"varint", Kind::varint, 0}, BaseName{"zigzag", Kind::zigzag, 0},  BaseName{"utf", Kind::utf, 0},
    BaseName{"bytes", Kind::bytes, 0},   BaseName{"str", Kind::str, 0},        BaseName{"latin1", Kind::latin1, 0},
    BaseName{"utf16", Kind::utf16, 0},   BaseName{"none", Kind::none, 0},      BaseName{"object", Kind::object, 0},
};

const BaseName* base_called(std::string_view name) {
    for (const BaseName& base : base_names) {
        if (base.name == name) return &base;
    }
    return nullptr;
}

}  // namespace

std::size_t scalar_size(Kind kind) {
    return base_names[static_cast<std::size_t>(kind)].size;
}

const char* name_of(Kind kind) {
    constexpr std::array others{"call", "record", "switch", "bits", "array", "region", "optional value"};
    const auto at = static_cast<std::size_t>(kind);
    return at < base_names.size() ? base_names[at].name : others[at - base_names.size()];
}

Parser::Parser(std::string_view text, Schema& schema) : lexer_(text, schema.origin), schema_(schema) {
    intern("");  // the name of what has none
    advance();
    advance();
}

void Parser::advance() {
    here_ = std::move(ahead_);
    ahead_ = lexer_.next();
}

bool Parser::take(char mark) {
    if (!here_.is(mark)) return false;
    advance();
    return true;
}

std::string Parser::found() const {
    return here_.kind == Token::Kind::end ? "the end" : "'" + text::printable(here_.spelling, 30) + "'";
}

void Parser::expect(char mark, const char* where) {
    if (!take(mark)) lexer_.fail(here_.place, std::string("expected '") + mark + "' " + where + ", found " + found());
}

void Parser::pass_separators() {
    while (here_.is(',') || here_.is(';'))
        advance();
}

std::string_view Parser::expect_name(const char* what) {
    if (here_.kind != Token::Kind::name)
        lexer_.fail(here_.place, std::string("expected ") + what + ", found " + found());
    const std::string_view name = here_.spelling;
    advance();
    return name;
}

std::uint32_t Parser::intern(std::string_view name) {
    const auto known = interned_.find(name);
    if (known != interned_.end()) return known->second;
    const auto id = static_cast<std::uint32_t>(schema_.names.size());
    schema_.names.emplace_back(name);
    interned_.emplace(name, id);
    return id;
}

Type* Parser::make_type(Kind kind) {
    Type& made = schema_.types.emplace_back();
    made.kind = kind;
    made.place = here_.place;
    return &made;
}

void Parser::deeper() {
    if (++depth_ > deepest_nesting) lexer_.fail(here_.place, "nested too deep");
}

void Parser::run() {
    pass_separators();
    while (here_.kind == Token::Kind::name && (ahead_.is('=') || ahead_.is('('))) {
        definition();
        pass_separators();
    }
    do
        schema_.sections.push_back(section('/'));
    while (take('/'));
    if (here_.kind != Token::Kind::end) lexer_.fail(here_.place, "expected a field, found " + found());
    if (schema_.sections.size() > 3) lexer_.fail({}, "a schema has at most three sections: header / record / trailer");
    if (schema_.record().fields.empty()) lexer_.fail(here_.place, "a record needs a field, such as id:int");
}

void Parser::definition() {
    Definition made;
    made.place = here_.place;
    const std::string_view name = expect_name("a name");
    if (base_called(name) != nullptr || name == "switch" || name == "bits")
        lexer_.fail(made.place, "'" + std::string(name) + "' is a type already");
    made.name = intern(name);
    for (const Definition& other : schema_.definitions) {
        if (other.name == made.name) lexer_.fail(made.place, "'" + std::string(name) + "' is defined twice");
    }
    if (take('(')) {
        while (!here_.is(')')) {
            made.parameters.push_back(intern(expect_name("a parameter's name")));
            if (!take(',') && !here_.is(')')) lexer_.fail(here_.place, "expected ',' or ')', found " + found());
        }
        advance();
    }
    expect('=', "behind the name of a definition");
    const std::size_t index = schema_.definitions.size();
    schema_.definitions.push_back(made);
    const Type* const its = type();
    schema_.definitions[index].type = its;
}

Section Parser::section(char closer) {
    Section made;
    std::set<std::uint32_t> names;
    for (pass_separators(); here_.kind == Token::Kind::name; pass_separators()) {
        const Place place = here_.place;
        made.fields.push_back(field());
        const Field& last = made.fields.back();
        if (!last.hidden && !names.insert(last.name).second)
            lexer_.fail(place, "a second field '" + schema_.names[last.name] + "' in one record");
    }
    if (!here_.is(closer) && here_.kind != Token::Kind::end)
        lexer_.fail(here_.place, "expected a field such as name:type, found " + found());
    return made;
}

Field Parser::field() {
    Field made;
    made.place = here_.place;
    const std::string_view name = expect_name("a field's name");
    made.name = intern(name);
    made.hidden = name == "_";
    if (!here_.is(':') && here_.is('='))
        lexer_.fail(made.place, "definitions stand in front of all fields; a field is name:type");
    expect(':', "behind a field's name");
    made.type = type();
    if (here_.is('=')) {
        advance();
        made.constant = constant();
    }
    if (here_.is_name("if") && !ahead_.is(':')) {
        advance();
        made.condition = expression();
    }
    return made;
}

const Type* Parser::type() {
    deeper();
    const Type* made = nullptr;
    if (here_.is('[')) {  // [T] is T[int]
        Type* const array = make_type(Kind::array);
        advance();
        array->element = type();
        array->extent.by = Extent::By::prefix;
        expect(']', "behind the type of an array's elements");
        made = array;
    } else {
        made = base();
    }
    made = suffixes(made);
    --depth_;
    return made;
}

Type* Parser::base() {
    Type* const made = make_type(Kind::record);
    if (take('{')) {
        made->section = section('}');
        expect('}', "at the end of a record");
        return made;
    }
    if (here_.kind != Token::Kind::name) lexer_.fail(here_.place, "expected a type, found " + found());
    if (here_.is_name("switch") && ahead_.is('(')) return choice(made);
    if (here_.is_name("bits") && ahead_.is('<')) return bits(made);
    if (const BaseName* const known = base_called(here_.spelling)) {
        made->kind = known->kind;
        advance();
        return made;
    }
    return named();
}

Type* Parser::named() {
    Type* const made = make_type(Kind::call);
    made->definition = intern(expect_name("a type"));  // of the name, until resolve() knows the definition
    if (take('(')) {
        while (!here_.is(')')) {
            made->arguments.push_back(expression());
            if (!take(',') && !here_.is(')')) lexer_.fail(here_.place, "expected ',' or ')', found " + found());
        }
        advance();
    }
    return made;
}

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
        bit.name = intern(expect_name("a name"));
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
        if (depth_ + nested > deepest_nesting) lexer_.fail(here_.place, "nested too deep");
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
    const auto bits = static_cast<std::uint64_t>(value.integer);
    std::string bytes;
    for (unsigned at = known->size; at-- > 0;)
        bytes += static_cast<char>(bits >> (8 * at));
    return bytes;
}

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
