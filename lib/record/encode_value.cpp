#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <utility>

#include "java/decimal.hpp"
#include "java/mutf8.hpp"
#include "json/number.hpp"
#include "record/encoder.hpp"
#include "record/scalar.hpp"
#include "schema/constant_bytes.hpp"
#include "text/printable.hpp"

namespace bradawl::record {

using schema::Extent;
using schema::Kind;
using schema::Type;
using schema::Value;

namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr bool goes_on_number(char c) {
    return c == '.' || c == 'e' || c == 'E';
}

/// The value of a plain decimal of few digits, exact before one correctly rounded division (Clinger 1990); moves `at`
/// behind it. False, and `at` as it was, for all others.
template <class Real>
bool read_short(const char*& at, const char* end, std::uint64_t most, Real& value) {
    constexpr std::array<Real, 11> powers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};
    const char* p = at;
    const bool negative = p != end && *p == '-';
    if (negative) ++p;
    const char* const digits = p;
    std::uint64_t mantissa = 0;
    while (p != end && is_digit(*p))
        mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
    std::size_t decimals = 0;
    if (p != digits && p != end && *p == '.') {
        const char* const point = p++;
        while (p != end && is_digit(*p))
            mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p++ - '0');
        decimals = static_cast<std::size_t>(p - point) - 1;
    }
    const bool few = p != digits && p - digits <= 16 && decimals < powers.size() && mantissa <= most;
    if (!few || (p != end && goes_on_number(*p))) return false;
    at = p;
    value = static_cast<Real>(mantissa) / powers[decimals];
    if (negative) value = -value;
    return true;
}

}  // namespace

void Encoder::value(const Type& type, bool capture) {
    if (is_scalar(type.kind)) return scalar(type.kind);
    switch (type.kind) {
        case Kind::utf:
            return utf(capture);
        case Kind::array:
            return array(type, capture);
        case Kind::region:
            return region(type, capture);
        case Kind::record:
            return nested(type, capture);
        case Kind::call:
            return call(type, capture);
        case Kind::choice: {
            Value subject;
            try {
                subject = schema::evaluate(*type.subject, scope_);
            } catch (const schema::NoValue&) {
                fail("what its switch asks for has no value here");
            }
            const Type* const arm = schema::matching_arm(type, subject);
            if (arm == nullptr) fail("no case of its switch fits");
            return value(*arm, capture);
        }
        case Kind::bits:
            return bits(type, capture);
        case Kind::maybe:
            at_.peek();
            value_ = at_.at();
            captured_ = {};
            if (at_.take(std::string_view("null"))) return void(*out_ += '\0');
            *out_ += '\1';
            enter_level();
            value(*type.element, capture);
            --depth_;
            return;
        case Kind::none:
            at_.peek();
            value_ = at_.at();
            if (!at_.take(std::string_view("null"))) refuse("null");
            captured_ = {};
            return;
        case Kind::object:
            if (objects_ == nullptr) fail("object streams are not written here");
            at_.peek();
            captured_ = {};
            return objects_->encode(at_.value(), *out_);
        case Kind::vint:
        case Kind::varint:
        case Kind::zigzag: {
            bool beyond = false;
            const std::int64_t number = integer(type.kind, beyond);
            if (!schema::fits(type.kind, number, beyond)) refuse(name_of(type.kind));
            captured_ = {Value::Kind::integer, number, {}};
            return put_variable(type.kind, number);
        }
        default:
            return fill(type.kind, capture);
    }
}

void Encoder::scalar(Kind kind) {
    if (kind == Kind::float32 || kind == Kind::float64) return real(kind);
    if (kind == Kind::boolean) return boolean();
    if (kind == Kind::char16) return character();
    bool beyond = false;
    const std::int64_t number = integer(kind, beyond);
    put_integer(kind, number, beyond);
}

/// An integer as a number or in quotes; numbers such as 5.0 and 1e3, which some programs print, are integers too.
std::int64_t Encoder::integer(Kind kind, bool& beyond_int64) {
    const bool quoted = at_.peek() == '"';
    value_ = at_.at();
    const char* p = at_.at() + (quoted ? 1 : 0);
    const bool negative = p != at_.end() && *p == '-';
    if (negative) ++p;
    const char* const digits = p;
    std::uint64_t magnitude = 0;
    while (p != at_.end() && is_digit(*p) && p - digits < 19)
        magnitude = magnitude * 10 + static_cast<std::uint64_t>(*p++ - '0');
    const bool more = p != at_.end() && (is_digit(*p) || *p == '.' || *p == 'e' || *p == 'E');
    if (p == digits || (quoted && !more && *p != '"')) refuse(name_of(kind));
    if (!more && magnitude >> 63 == 0) [[likely]] {
        at_.move_to(p + (quoted ? 1 : 0));
        const auto number = static_cast<std::int64_t>(magnitude);
        return negative ? -number : number;
    }
    const std::string_view token = quoted ? at_.string().inside : at_.token();
    if (const auto number = json::to_int64(token)) return *number;
    const bool whole = token.find_first_not_of("0123456789") == std::string_view::npos;
    if (whole && token.size() <= 20) {
        constexpr std::uint64_t most = ~std::uint64_t{0};
        std::uint64_t wide = 0;
        for (const char digit : token) {
            const auto step = static_cast<std::uint64_t>(digit - '0');
            if (wide > (most - step) / 10) refuse(name_of(kind));
            wide = wide * 10 + step;
        }
        beyond_int64 = true;
        return static_cast<std::int64_t>(wide);
    }
    const json::Double real = json::to_double(token);
    constexpr double exact = 9007199254740992.0;
    if (quoted || !(std::fabs(real.value) <= exact) || real.value != std::floor(real.value)) refuse(name_of(kind));
    return static_cast<std::int64_t>(real.value);
}

void Encoder::put_integer(Kind kind, std::int64_t value, bool beyond_int64) {
    if (!schema::fits(kind, value, beyond_int64) && !wrap_)
        fail(fmt::format("{} is out of the range of {} (--wrap narrows it as Java does)",
                         beyond_int64 ? std::to_string(static_cast<std::uint64_t>(value)) : std::to_string(value),
                         name_of(kind)));
    const std::size_t size = schema::scalar_size(kind);
    put_bits(static_cast<std::uint64_t>(value), size);
    // What a decoder will see, which --wrap may have made another number.
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(out_->data() + out_->size() - size);
    captured_ = {Value::Kind::integer, load_scalar(kind, bytes), {}};
}

void Encoder::put_variable(Kind kind, std::int64_t value) {
    auto bits = static_cast<std::uint64_t>(value);
    if (kind == Kind::vint) {
        if (value >= -112 && value <= 127) return void(*out_ += static_cast<char>(value));
        const std::uint64_t magnitude = value < 0 ? ~bits : bits;
        const auto length = static_cast<int>((std::bit_width(magnitude) + 7) / 8);
        *out_ += static_cast<char>((value < 0 ? -120 : -112) - length);
        return schema::append_big_endian(*out_, magnitude, static_cast<std::size_t>(length));
    }
    if (kind == Kind::zigzag) bits = bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0);
    for (; bits > 0x7f; bits >>= 7)
        *out_ += static_cast<char>(bits | 0x80);
    *out_ += static_cast<char>(bits);
}

void Encoder::boolean() {
    const char first = at_.peek();
    value_ = at_.at();
    if (at_.take(std::string_view("true"))) {
        *out_ += '\1';
        captured_ = {Value::Kind::integer, 1, {}};
    } else if (at_.take(std::string_view("false"))) {
        *out_ += '\0';
        captured_ = {Value::Kind::integer, 0, {}};
    } else if (is_digit(first)) {
        bool beyond = false;
        const std::int64_t byte = integer(Kind::boolean, beyond);
        if (!schema::fits(Kind::uint8, byte, beyond)) fail("is neither true nor false nor a byte from 2 to 255");
        put_integer(Kind::uint8, byte, beyond);
    } else {
        refuse("bool");
    }
}

void Encoder::character() {
    const char first = at_.peek();
    value_ = at_.at();
    if (first == '"') {
        const std::size_t before = out_->size();
        const bool good = java::json_to_utf16(at_.string().inside, *out_);
        if (!good || out_->size() != before + 2) refuse("char (one UTF-16 unit)");
        const auto high = static_cast<std::uint8_t>((*out_)[before]);
        captured_ = {Value::Kind::integer, high << 8 | static_cast<std::uint8_t>((*out_)[before + 1]), {}};
        return;
    }
    bool beyond = false;
    put_integer(Kind::char16, integer(Kind::char16, beyond), beyond);
}

void Encoder::real(Kind kind) {
    captured_ = {};
    const bool quoted = at_.peek() == '"';
    value_ = at_.at();
    const char* p = at_.at();
    if (kind == Kind::float32) {
        float number = 0;
        if (read_short(p, at_.end(), std::uint64_t{1} << 24, number)) {
            at_.move_to(p);
            return put_bits(std::bit_cast<std::uint32_t>(number), 4);
        }
    } else if (double number = 0; read_short(p, at_.end(), std::uint64_t{1} << 53, number)) {
        at_.move_to(p);
        return put_bits(std::bit_cast<std::uint64_t>(number), 8);
    }
    if (quoted) {
        at_.string();
    } else {
        at_.token();
    }
    const auto [result, bits] =
        kind == Kind::float32 ? java::parse_float(value_, at_.at()) : java::parse_double(value_, at_.at());
    using Result = java::RealBits::Result;
    if (result == Result::malformed) refuse(name_of(kind));
    if (result == Result::out_of_range && !wrap_)
        fail(fmt::format("{} is out of the range of {} (--wrap makes it infinite)", shown(), name_of(kind)));
    put_bits(bits, schema::scalar_size(kind));
}

/// The low `size` bytes of `bits`, the highest first.
void Encoder::put_bits(std::uint64_t bits, std::size_t size) {
    const std::uint64_t swapped = __builtin_bswap64(bits << (64 - 8 * size));
    out_->append(reinterpret_cast<const char*>(&swapped), size);
}

void Encoder::bits(const Type& type, bool capture) {
    at_.peek();
    value_ = at_.at();
    if (!at_.take('{')) refuse("object");
    std::array<std::int64_t, 64> values{};
    std::uint64_t seen = 0;
    if (!at_.take('}')) {
        do {
            at_.peek();
            const json::Cursor::Raw name = at_.string();
            at_.take(':');
            std::size_t which = 0;
            while (which < type.bit_fields.size() && !is_name(name, schema_.names[type.bit_fields[which].name]))
                ++which;
            if (which == type.bit_fields.size() || (seen >> which & 1) != 0)
                fail(fmt::format("no bits called '{}', or twice", text::printable(name.inside, 40)));
            seen |= std::uint64_t{1} << which;
            bool beyond = false;
            values[which] = integer(Kind::uint64, beyond);
            const std::uint32_t width = type.bit_fields[which].width;
            const bool fits = width == 64 || (!beyond && static_cast<std::uint64_t>(values[which]) >> width == 0);
            if (!fits)
                fail(fmt::format("{} has more than the {} bits of {}", shown(), width,
                                 schema_.names[type.bit_fields[which].name]));
        } while (at_.take(','));
        at_.take('}');
    }
    std::uint64_t whole = 0;
    if (capture) scope_.open();
    for (std::size_t at = 0; at < type.bit_fields.size(); ++at) {
        const schema::BitField& bit = type.bit_fields[at];
        if ((seen >> at & 1) == 0) fail(fmt::format("the bits '{}' are missing", schema_.names[bit.name]));
        whole = (bit.width == 64 ? 0 : whole << bit.width) | static_cast<std::uint64_t>(values[at]);
        if (capture && bit.captured) scope_.bind(bit.name, values[at]);
    }
    if (capture) scope_.close(true);
    schema::append_big_endian(*out_, whole, schema::scalar_size(type.carrier));
    captured_ = {Value::Kind::record, 0, {}};
}

void Encoder::call(const Type& type, bool capture) {
    const schema::Definition& definition = schema_.definitions[type.definition];
    enter_level();
    std::vector<std::int64_t> arguments;
    for (const schema::Expression* const argument : type.arguments)
        arguments.push_back(evaluate(*argument));
    if (!arguments.empty()) scope_.open();
    for (std::size_t at = 0; at < arguments.size(); ++at)
        scope_.bind(definition.parameters[at], arguments[at]);
    value(*definition.type, capture);
    --depth_;
    if (arguments.empty()) return;
    if (capture) {
        scope_.leave();
    } else {
        scope_.close(false);
    }
}

void Encoder::nested(const Type& type, bool capture) {
    enter_level();
    const bool binds = type.section.binds;
    if (binds) scope_.open();
    fields(type.section, nullptr);
    if (binds) scope_.close(capture);
    captured_ = {binds && capture ? Value::Kind::record : Value::Kind::none, 0, {}};
    --depth_;
}

}  // namespace bradawl::record
