#include "schema/constant_bytes.hpp"

#include <bit>
#include <limits>

#include "java/decimal.hpp"
#include "java/hex.hpp"
#include "java/mutf8.hpp"
#include "json/writer.hpp"

namespace bradawl::schema {

namespace {

double real_of(const Constant& constant) {
    if (constant.kind == Constant::Kind::real) return constant.real;
    return constant.beyond_int64 ? static_cast<double>(static_cast<std::uint64_t>(constant.integer))
                                 : static_cast<double>(constant.integer);
}

/// A text as the inside of a JSON string.
std::string inside(const std::string& text) {
    std::string quoted;
    json::Writer(quoted).string(text);
    return quoted.substr(1, quoted.size() - 2);
}

class Maker {
public:
    Maker(const Schema& schema, const Constant& constant) : schema_(schema), constant_(constant) {}

    std::string bytes(const Type& type) const {
        if (is_scalar(type.kind)) return scalar(type.kind);
        if (type.kind == Kind::utf) {
            const std::string content = text(Kind::utf);
            if (content.size() > 65535) fail("a utf has at most 65535 bytes");
            std::string whole;
            append_big_endian(whole, content.size(), 2);
            return whole + content;
        }
        if (type.kind == Kind::region && fills_region(type.element->kind)) return region(type);
        fail(std::string("a ") + name_of(type.kind) + " has no constant");
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw schema_.error(constant_.place, what); }

    std::string scalar(Kind kind) const {
        std::string out;
        const std::size_t size = scalar_size(kind);
        if (kind == Kind::float32 || kind == Kind::float64) {
            if (constant_.kind > Constant::Kind::real) fail("expected a number");
            const double value = real_of(constant_);
            append_big_endian(out,
                              kind == Kind::float64 ? std::bit_cast<std::uint64_t>(value)
                                                    : std::bit_cast<std::uint32_t>(static_cast<float>(value)),
                              size);
            return out;
        }
        if (kind == Kind::char16 && constant_.kind == Constant::Kind::text) {
            if (!java::json_to_utf16(inside(constant_.text), out) || out.size() != 2) fail("expected one character");
            return out;
        }
        const bool truth = constant_.kind == Constant::Kind::boolean;
        if (constant_.kind != Constant::Kind::integer && !truth) fail("expected a whole number");
        if (truth != (kind == Kind::boolean)) fail(truth ? "expected a number" : "expected true or false");
        if (!truth && !fits(kind, constant_.integer, constant_.beyond_int64))
            fail(constant_.spelling + " is no " + name_of(kind));
        append_big_endian(out, static_cast<std::uint64_t>(constant_.integer), size);
        return out;
    }

    std::string region(const Type& type) const {
        const std::string content = text(type.element->kind);
        const Extent& size = type.extent;
        std::string out;
        if (size.by == Extent::By::prefix && size.prefix <= Kind::uint64) {
            if (!fits(size.prefix, static_cast<std::int64_t>(content.size()), false)) fail("too long for its size");
            append_big_endian(out, content.size(), scalar_size(size.prefix));
            return out + content;
        }
        const bool literal = size.by == Extent::By::number && size.number->op == Expression::Op::integer;
        if (!literal) fail("a constant stands in a region of fixed size");
        if (static_cast<std::uint64_t>(size.number->value) != content.size())
            fail("the constant has " + std::to_string(content.size()) + " bytes, its region " +
                 std::to_string(size.number->value));
        return content;
    }

    std::string text(Kind kind) const {
        if (constant_.kind != Constant::Kind::text) fail("expected \"text\"");
        std::string out;
        bool good = true;
        if (kind == Kind::bytes) {
            good = java::from_hex(constant_.text, out);
        } else if (kind == Kind::str) {
            out = constant_.text;
        } else if (kind == Kind::utf) {
            good = java::json_to_mutf8(inside(constant_.text), out);
        } else {
            good = java::json_to_utf16(inside(constant_.text), out);
        }
        if (good && kind == Kind::latin1) good = narrow(out);
        if (!good) fail(constant_.spelling + " is no " + name_of(kind));
        return out;
    }

    static bool narrow(std::string& units) {
        std::string out;
        for (std::size_t at = 0; at < units.size(); at += 2) {
            if (units[at] != '\0') return false;
            out += units[at + 1];
        }
        units = out;
        return true;
    }

    const Schema& schema_;
    const Constant& constant_;
};

}  // namespace

bool fits(Kind kind, std::int64_t value, bool beyond_int64) {
    const unsigned bits = kind <= Kind::uint64 ? static_cast<unsigned>(scalar_size(kind)) * 8 : 64;
    const bool is_unsigned = kind == Kind::uint8 || kind == Kind::uint16 || kind == Kind::char16 ||
                             kind == Kind::uint24 || kind == Kind::uint32 || kind == Kind::uint64 ||
                             kind == Kind::varint;
    if (beyond_int64) return is_unsigned && bits == 64;
    if (is_unsigned) return value >= 0 && (bits == 64 || static_cast<std::uint64_t>(value) >> bits == 0);
    if (bits == 64) return true;
    const std::int64_t limit = std::int64_t{1} << (bits - 1);
    return value >= -limit && value < limit;
}

std::string constant_bytes(const Schema& schema, const Type& type, const Constant& constant) {
    return Maker(schema, constant).bytes(type);
}

Value constant_value(const Field& field) {
    const Type& type = *field.type;
    const std::string_view bytes = field.constant_bytes;
    if (type.kind == Kind::float32 || type.kind == Kind::float64) return {};
    if (type.kind == Kind::char16)
        return {Value::Kind::integer,
                static_cast<std::uint8_t>(bytes[0]) << 8 | static_cast<std::uint8_t>(bytes[1]),
                {},
                0};
    if (is_scalar(type.kind)) return {Value::Kind::integer, field.constant->integer, {}, 0};
    return {Value::Kind::text, 0, constant_content(field), 0};
}

std::string_view constant_content(const Field& field) {
    const Type& type = *field.type;
    const bool prefixed = type.kind == Kind::region && type.extent.by == Extent::By::prefix;
    const std::size_t front = type.kind == Kind::utf ? 2 : prefixed ? scalar_size(type.extent.prefix) : 0;
    return std::string_view(field.constant_bytes).substr(front);
}

std::string constant_json(const Type& type, const Constant& constant) {
    std::string out;
    json::Writer writer(out);
    char digits[java::longest_number];
    const auto append = [&](const char* end) { out.append(digits, static_cast<std::size_t>(end - digits)); };
    if (constant.kind == Constant::Kind::text) {
        writer.string(constant.text);
    } else if (constant.kind == Constant::Kind::boolean) {
        writer.boolean(constant.integer != 0);
    } else if (type.kind == Kind::float32 || type.kind == Kind::float64) {
        const double value = real_of(constant);
        append(type.kind == Kind::float64
                   ? java::put_double_bits(digits, std::bit_cast<std::uint64_t>(value))
                   : java::put_float_bits(digits, std::bit_cast<std::uint32_t>(static_cast<float>(value))));
    } else if (type.kind == Kind::char16) {
        const auto unit = static_cast<std::uint16_t>(constant.integer);
        const std::uint8_t bytes[2] = {static_cast<std::uint8_t>(unit >> 8), static_cast<std::uint8_t>(unit)};
        std::string text;
        if (java::utf16_to_json(bytes, 1, text)) return "\"" + text + "\"";
        writer.integer(unit);
    } else if (constant.beyond_int64) {
        writer.integer(static_cast<std::uint64_t>(constant.integer));
    } else {
        writer.integer(constant.integer);
    }
    return out;
}

}  // namespace bradawl::schema
