#include "record/model_schema.hpp"

namespace bradawl::record::model {

namespace {

struct Operator {
    const char* text;
    int level;
    std::int64_t (*apply)(std::int64_t, std::int64_t);
};

std::int64_t wrapped(std::uint64_t bits) {
    return static_cast<std::int64_t>(bits);
}
std::uint64_t raw(std::int64_t number) {
    return static_cast<std::uint64_t>(number);
}

constexpr Operator operators[] = {
    {"||", 0, [](auto a, auto b) -> std::int64_t { return a != 0 || b != 0; }},
    {"&&", 1, [](auto a, auto b) -> std::int64_t { return a != 0 && b != 0; }},
    {"|", 2, [](auto a, auto b) { return a | b; }},
    {"^", 3, [](auto a, auto b) { return a ^ b; }},
    {"&", 4, [](auto a, auto b) { return a & b; }},
    {"==", 5, [](auto a, auto b) -> std::int64_t { return a == b; }},
    {"!=", 5, [](auto a, auto b) -> std::int64_t { return a != b; }},
    {"<", 6, [](auto a, auto b) -> std::int64_t { return a < b; }},
    {"<=", 6, [](auto a, auto b) -> std::int64_t { return a <= b; }},
    {">", 6, [](auto a, auto b) -> std::int64_t { return a > b; }},
    {">=", 6, [](auto a, auto b) -> std::int64_t { return a >= b; }},
    {"<<", 7, [](auto a, auto b) { return wrapped(raw(a) << (raw(b) & 63)); }},
    {">>", 7, [](auto a, auto b) { return a >> (raw(b) & 63); }},
    {"+", 8, [](auto a, auto b) { return wrapped(raw(a) + raw(b)); }},
    {"-", 8, [](auto a, auto b) { return wrapped(raw(a) - raw(b)); }},
    {"*", 9, [](auto a, auto b) { return wrapped(raw(a) * raw(b)); }},
    {"/", 9,
     [](auto a, auto b) {
         if (b == 0) throw Unfit{};
         return b == -1 ? wrapped(0 - raw(a)) : a / b;
     }},
    {"%", 9,
     [](auto a, auto b) -> std::int64_t {
         if (b == 0) throw Unfit{};
         return b == -1 ? 0 : a % b;
     }},
};

}  // namespace

const Maker::Name* Maker::some_name(bool is_text, bool small) {
    std::vector<const Name*> fit;
    for (const Name& name : names_) {
        if (name.is_text == is_text && (name.small || !small)) fit.push_back(&name);
    }
    return fit.empty() ? nullptr : fit[below(fit.size())];
}

Sum Maker::constant_sum() {
    const auto number = static_cast<std::int64_t>(below(8) == 0 ? below(300) : below(6));
    const std::string text =
        below(6) == 0 ? "0x" + codec::hex(std::string(1, static_cast<char>(number))) : std::to_string(number);
    const std::int64_t value = text.size() == 4 && text[1] == 'x' ? number & 0xff : number;
    return {text, [value](const Sight&) { return value; }};
}

Sum Maker::bracketed(Sum inner, int level) {
    if (inner.level >= level && below(12) != 0) return inner;
    inner.text = "(" + inner.text + ")";
    inner.level = 10;
    return inner;
}

Sum Maker::sum(int depth) {
    const std::size_t kind = below(depth > 2 ? 4 : 9);
    if (kind == 0) return constant_sum();
    if (kind == 1) {
        if (const Name* const name = some_name(true, false)) {
            const std::string other(1, static_cast<char>('a' + below(3)));
            const bool equal = below(2) == 0;
            return {name->path + (equal ? "==\"" : " != \"") + other + "\"",
                    [look = name->look, other, equal](const Sight& sight) -> std::int64_t {
                        const Value& value = look(sight);
                        if (value.kind != Value::Kind::text) throw Unfit{};
                        return (value.text == other) == equal;
                    },
                    5};
        }
    }
    if (kind < 4) {
        const Name* const name = some_name(false, below(2) == 0);
        if (name == nullptr) return constant_sum();
        return {name->path, [look = name->look](const Sight& sight) { return model::integer(look(sight)); }};
    }
    return operation(depth);
}

Sum Maker::operation(int depth) {
    const std::size_t kind = below(10);
    if (kind == 0) {
        const Sum asked = bracketed(sum(depth + 1), 0);
        const Sum yes = sum(depth + 1);
        const Sum no = sum(depth + 1);
        return {asked.text + " ? " + yes.text + " : " + no.text,
                [asked, yes, no](const Sight& sight) {
                    return asked.value(sight) != 0 ? yes.value(sight) : no.value(sight);
                },
                -1};
    }
    if (kind == 1) {
        const std::size_t which = below(3);
        const Sum inner = bracketed(sum(depth + 1), 10);
        return {std::string(1, "-!~"[which]) + inner.text,
                [inner, which](const Sight& sight) -> std::int64_t {
                    const std::int64_t value = inner.value(sight);
                    return which == 0 ? wrapped(0 - raw(value)) : which == 1 ? value == 0 : ~value;
                },
                10};
    }
    const Operator& op = operators[below(std::size(operators))];
    const Sum left = bracketed(sum(depth + 1), op.level);
    const Sum right = bracketed(sum(depth + 1), op.level + 1);
    const std::string gap(below(2), ' ');
    const bool lazy = op.level < 2;
    return {left.text + gap + op.text + gap + right.text,
            [left, right, apply = op.apply, lazy, either = op.level == 0](const Sight& sight) {
                const std::int64_t a = left.value(sight);
                if (lazy && (a != 0) == either) return std::int64_t{either};
                return apply(a, right.value(sight));
            },
            op.level};
}

/// One that is seldom large.
Sum Maker::count() {
    const Name* const name = some_name(false, true);
    if (name != nullptr && below(4) != 0) {
        const Sum plain{name->path, [look = name->look](const Sight& sight) { return model::integer(look(sight)); }};
        if (below(3) != 0) return plain;
        const bool more = below(2) == 0;
        return {plain.text + (more ? "+1" : " - 1"),
                [plain, more](const Sight& sight) { return plain.value(sight) + (more ? 1 : -1); }, 8};
    }
    if (below(2) == 0) return constant_sum();
    const Sum inner = bracketed(sum(1), 4);
    return {inner.text + "&3", [inner](const Sight& sight) { return inner.value(sight) & 3; }, 4};
}

}  // namespace bradawl::record::model
