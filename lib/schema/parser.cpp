#include "schema/parser.hpp"

#include <array>

#include "schema/base_types.hpp"
#include "text/printable.hpp"

namespace bradawl::schema {

namespace {

constexpr unsigned deepest_nesting = 200;

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
            if (made.parameters.size() == most_parameters)
                lexer_.fail(here_.place, "more than " + std::to_string(most_parameters) + " parameters");
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
        made.condition = expression(false, true);
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

}  // namespace bradawl::schema
