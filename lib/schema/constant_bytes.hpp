#pragma once

#include <string>
#include <string_view>

#include "schema/schema.hpp"

namespace bradawl::schema {

/// The bytes that a field of `type` with the value `constant` has. Constants are of scalars, utf, and of text or bytes
/// (as hex digits) in a region of fixed size or with a size in front. Errors: Fault::usage.
std::string constant_bytes(const Schema& schema, const Type& type, const Constant& constant);

/// What expressions see of a field that has a constant; views its constant_bytes, which prepare() has set.
Value constant_value(const Field& field);

/// Of a field whose constant is a text or bytes: its bytes without the size in front.
std::string_view constant_content(const Field& field);

/// The same value in JSON.
std::string constant_json(const Type& type, const Constant& constant);

/// Appends the low `size` bytes of `bits`, the highest first.
inline void append_big_endian(std::string& out, std::uint64_t bits, std::size_t size) {
    for (std::size_t at = size; at-- > 0;)
        out += static_cast<char>(bits >> (8 * at));
}

/// Whether an integer kind holds the value; `beyond_int64`: it is 2^63 or more, and `value` its 64 bits.
bool fits(Kind kind, std::int64_t value, bool beyond_int64);

}  // namespace bradawl::schema
