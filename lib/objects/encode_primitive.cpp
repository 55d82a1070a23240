#include <fmt/format.h>

#include "java/decimal.hpp"
#include "java/mutf8.hpp"
#include "json/number.hpp"
#include "objects/full_encoder.hpp"
#include "schema/constant_bytes.hpp"

namespace bradawl::objects {

using schema::Kind;

void FullEncoder::primitive(Kind kind) {
    const char first = at_.peek();
    if (kind == Kind::float32 || kind == Kind::float64) return real(kind);
    if (kind == Kind::boolean && (first == 't' || first == 'f')) {
        *out_ += static_cast<char>(at_.token() == "true" ? 1 : 0);
        return;
    }
    if (kind == Kind::char16 && first == '"') {
        const char* const begin = at_.at();
        std::string units;
        if (!java::json_to_utf16(at_.string().inside, units) || units.size() != 2) {
            at_.move_to(begin);
            refuse("char (one UTF-16 unit)");
        }
        *out_ += units;
        return;
    }
    const Kind read = kind == Kind::boolean ? Kind::uint8 : kind;
    big_endian(static_cast<std::uint64_t>(integer(read)), schema::scalar_size(kind));
}

std::int64_t FullEncoder::integer(Kind kind) {
    const bool quoted = at_.peek() == '"';
    const char* const begin = at_.at();
    const auto number = json::to_int64(quoted ? at_.string().inside : at_.token());
    if (number && schema::fits(kind, *number, false)) return *number;
    at_.move_to(begin);
    refuse(schema::name_of(kind));
}

void FullEncoder::real(Kind kind) {
    const char* const begin = (at_.peek(), at_.at());
    at_.value();
    const auto [result, bits] =
        kind == Kind::float32 ? java::parse_float(begin, at_.at()) : java::parse_double(begin, at_.at());
    if (result != java::RealBits::Result::ok) {
        at_.move_to(begin);
        refuse(schema::name_of(kind));
    }
    big_endian(bits, schema::scalar_size(kind));
}

}  // namespace bradawl::objects
