#include "schema/expression.hpp"

#include <limits>

namespace bradawl::schema {

namespace {

using Op = Expression::Op;

constexpr Value number(std::int64_t value) {
    return {Value::Kind::integer, value, {}, 0};
}

std::int64_t as_integer(const Expression& expression, const Value& value) {
    if (value.kind == Value::Kind::integer) return value.integer;
    if (value.kind == Value::Kind::none) throw NoValue{expression.place, "has no value here"};
    throw NoValue{expression.place, "is no integer"};
}

Value look_up(const Expression& expression, const Scope& scope) {
    if (expression.op == Op::name) return scope.find(expression.name);
    const Value whole = evaluate(*expression.operands[0], scope);
    if (expression.op == Op::member)
        return whole.kind == Value::Kind::record ? scope.member(whole.cell, expression.name) : Value{};
    const std::int64_t index = evaluate_integer(*expression.operands[1], scope);
    if (whole.kind != Value::Kind::array) return {};
    const Value element = scope.element(whole.cell, index);
    if (element.kind == Value::Kind::none) throw NoValue{expression.place, "has no element " + std::to_string(index)};
    return element;
}

std::int64_t divide(const Expression& expression, std::int64_t left, std::int64_t right) {
    if (right == 0) throw NoValue{expression.place, "divides by zero"};
    // The one quotient that does not fit wraps, as in Java.
    if (right == -1)
        return expression.op == Op::divide ? static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(left)) : 0;
    return expression.op == Op::divide ? left / right : left % right;
}

std::int64_t arithmetic(const Expression& expression, std::int64_t left, std::int64_t right) {
    const auto a = static_cast<std::uint64_t>(left);
    const auto b = static_cast<std::uint64_t>(right);
    switch (expression.op) {
        case Op::multiply:
            return static_cast<std::int64_t>(a * b);
        case Op::divide:
        case Op::remainder:
            return divide(expression, left, right);
        case Op::add:
            return static_cast<std::int64_t>(a + b);
        case Op::subtract:
            return static_cast<std::int64_t>(a - b);
        case Op::shift_left:
            return static_cast<std::int64_t>(a << (b & 63));
        case Op::shift_right:
            return left >> (b & 63);
        case Op::less:
            return left < right ? 1 : 0;
        case Op::less_equal:
            return left <= right ? 1 : 0;
        case Op::greater:
            return left > right ? 1 : 0;
        case Op::greater_equal:
            return left >= right ? 1 : 0;
        case Op::bit_and:
            return left & right;
        case Op::bit_xor:
            return left ^ right;
        default:
            return left | right;
    }
}

bool equal(const Expression& expression, const Value& left, const Value& right) {
    if (left.kind == Value::Kind::text && right.kind == Value::Kind::text) return left.text == right.text;
    return as_integer(*expression.operands[0], left) == as_integer(*expression.operands[1], right);
}

}  // namespace

Value evaluate(const Expression& expression, const Scope& scope) {
    const auto operand = [&](int which) { return evaluate_integer(*expression.operands[which], scope); };
    switch (expression.op) {
        case Op::integer:
            return number(expression.value);
        case Op::text:
            return {Value::Kind::text, 0, expression.text, 0};
        case Op::name:
        case Op::member:
        case Op::index:
            return look_up(expression, scope);
        case Op::negate:
            return number(static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(operand(0))));
        case Op::invert:
            return number(operand(0) == 0 ? 1 : 0);
        case Op::complement:
            return number(~operand(0));
        case Op::equal:
        case Op::not_equal: {
            const Value left = evaluate(*expression.operands[0], scope);
            const bool same = equal(expression, left, evaluate(*expression.operands[1], scope));
            return number(same == (expression.op == Op::equal) ? 1 : 0);
        }
        case Op::logical_and:
            return number(operand(0) != 0 && operand(1) != 0 ? 1 : 0);
        case Op::logical_or:
            return number(operand(0) != 0 || operand(1) != 0 ? 1 : 0);
        case Op::conditional:
            return evaluate(*expression.operands[operand(0) != 0 ? 1 : 2], scope);
        default: {
            const std::int64_t left = operand(0);
            return number(arithmetic(expression, left, operand(1)));
        }
    }
}

std::int64_t evaluate_integer(const Expression& expression, const Scope& scope) {
    if (expression.op == Op::integer) return expression.value;
    return as_integer(expression, evaluate(expression, scope));
}

}  // namespace bradawl::schema
