#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "schema/constant.hpp"
#include "schema/scope.hpp"

namespace bradawl::schema {

/// A node of an expression: C's operators over 64-bit integers that wrap, and comparison of texts.
struct Expression {
    enum class Op : std::uint8_t {
        integer,
        text,
        name,
        member,  ///< operands[0].name
        index,   ///< operands[0][operands[1]]
        negate,
        invert,
        complement,
        multiply,
        divide,
        remainder,
        add,
        subtract,
        shift_left,
        shift_right,
        less,
        less_equal,
        greater,
        greater_equal,
        equal,
        not_equal,
        bit_and,
        bit_xor,
        bit_or,
        logical_and,
        logical_or,
        conditional,
    };
    Op op = Op::integer;
    Place place;
    std::int64_t value = 0;  ///< integer
    std::string text;        ///< text, in UTF-8
    std::uint32_t name = 0;  ///< name, member
    const Expression* operands[3] = {nullptr, nullptr, nullptr};
};

/// Why an expression has no value: the schema's fault, or what the bytes made of it (a division by zero, say).
struct NoValue {
    Place place;
    std::string text;
};

/// The value with the names that `scope` sees, as an integer or a text. Errors: NoValue.
Value evaluate(const Expression& expression, const Scope& scope);

/// The same where only an integer will do. Errors: NoValue.
std::int64_t evaluate_integer(const Expression& expression, const Scope& scope);

}  // namespace bradawl::schema
