#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "java/decimal.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "schema/schema.hpp"

namespace bradawl::record {

/// The value of an integer kind, a char or a boolean at `bytes`; of a float or double its bits.
inline std::int64_t load_scalar(schema::Kind kind, const std::uint8_t* bytes) {
    using schema::Kind;
    switch (kind) {
        case Kind::int8:
            return static_cast<std::int8_t>(*bytes);
        case Kind::boolean:
        case Kind::uint8:
            return *bytes;
        case Kind::int16:
            return static_cast<std::int16_t>(java::load16(bytes));
        case Kind::uint16:
        case Kind::char16:
            return java::load16(bytes);
        case Kind::int24:
            return static_cast<std::int32_t>(java::load16(bytes) << 16 | bytes[2] << 8) >> 8;
        case Kind::uint24:
            return java::load16(bytes) << 8 | bytes[2];
        case Kind::int32:
            return static_cast<std::int32_t>(java::load32(bytes));
        case Kind::uint32:
        case Kind::float32:
            return java::load32(bytes);
        default:
            return static_cast<std::int64_t>(java::load64(bytes));
    }
}

/// A UTF-16 unit as a JSON string of one character, or as a number when it is half of a pair. At most 10 bytes.
char* put_char(char* out, std::uint16_t unit) noexcept;

/// A 64-bit integer in the form asked for. `is_unsigned`: its bits are from 0 to 2^64 - 1.
inline char* put_wide(char* out, std::int64_t value, bool is_unsigned, java::LongForm form) {
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    const bool beyond = is_unsigned ? static_cast<std::uint64_t>(value) > exact : value > exact || value < -exact;
    const bool quoted = form == java::LongForm::string || (form == java::LongForm::safe && beyond);
    if (quoted) *out++ = '"';
    out = is_unsigned ? java::put_ulong(out, static_cast<std::uint64_t>(value)) : java::put_long(out, value);
    if (quoted) *out++ = '"';
    return out;
}

/// A scalar of fixed size as JSON; at most java::longest_number bytes.
inline char* put_scalar(char* out, schema::Kind kind, const std::uint8_t* bytes, java::LongForm form) {
    using schema::Kind;
    switch (kind) {
        case Kind::int32:
            return java::put_int(out, static_cast<std::int32_t>(java::load32(bytes)));
        case Kind::int64:
            return put_wide(out, static_cast<std::int64_t>(java::load64(bytes)), false, form);
        case Kind::uint64:
            return put_wide(out, static_cast<std::int64_t>(java::load64(bytes)), true, form);
        case Kind::float32:
            return java::put_float_bits(out, java::load32(bytes));
        case Kind::float64:
            return java::put_double_bits(out, java::load64(bytes));
        case Kind::char16:
            return put_char(out, java::load16(bytes));
        case Kind::uint32:
            return java::put_uint(out, java::load32(bytes));
        case Kind::boolean:
            if (*bytes == 1) {
                std::memcpy(out, "true", 4);
                return out + 4;
            }
            if (*bytes == 0) {
                std::memcpy(out, "false", 5);
                return out + 5;
            }
            return java::put_uint(out, *bytes);
        default:
            return java::put_int(out, static_cast<std::int32_t>(load_scalar(kind, bytes)));
    }
}

}  // namespace bradawl::record
