#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/lexer.hpp"
#include "schema/schema.hpp"

namespace bradawl::schema {

/// Reads the text of a schema into its nodes by recursive descent. What names mean is left to resolve().
class Parser {
public:
    Parser(std::string_view text, Schema& schema);

    /// Errors, of this and all below: Fault::usage.
    void run();

    /// Names that expressions ask for.
    const std::set<std::uint32_t>& mentioned() const { return mentioned_; }

    /// For messages: the places where expressions ask for names.
    const std::vector<std::pair<std::uint32_t, Place>>& mentions() const { return mentions_; }

private:
    // Sections and types (parser.cpp).
    void definition();
    Section section(char closer);
    Field field();
    const Type* type();
    Type* base();
    Type* named();
    Type* choice(Type* made);
    Type* bits(Type* made);
    const Type* suffixes(const Type* base);
    Type* array(const Type* element);
    Type* region(const Type* element);
    Extent count();
    Kind prefix_or_nothing();
    std::string terminator(Kind& kind);
    Constant constant();
    Constant number_constant(bool negative);

    // Expressions (parse_expression.cpp).
    const Expression* expression(bool in_angle = false, bool at_end = false);
    const Expression* binary(int level);
    const Expression* unary();
    const Expression* postfix();
    const Expression* primary();
    bool take_operator(int level, Expression::Op& op);
    bool section_follows() const;
    Expression* make(Expression::Op op, Place place);
    std::uint32_t mention(const Token& token);

    // Tokens.
    void advance();
    bool take(char mark);
    void expect(char mark, const char* where);
    void pass_separators();
    std::string_view expect_name(const char* what);
    std::uint32_t intern(std::string_view name);
    std::string found() const;
    Type* make_type(Kind kind);
    void deeper();

    Lexer lexer_;
    Schema& schema_;
    Token here_;
    Token ahead_;
    bool in_angle_ = false;  // a `>` closes a size
    bool at_end_ = false;    // a `/` may begin a section
    unsigned open_expressions_ = 0;
    unsigned nodes_ = 0;  // of the outermost expression
    unsigned depth_ = 0;
    std::set<std::uint32_t> mentioned_;
    std::vector<std::pair<std::uint32_t, Place>> mentions_;
    std::map<std::string, std::uint32_t, std::less<>> interned_;
};

}  // namespace bradawl::schema
