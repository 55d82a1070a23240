#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "json/problem.hpp"
#include "mongo/byte_buffer.hpp"

namespace bradawl::mongo {

/// How much JSON means more than it says.
enum class JsonDialect {
    extended,  ///< MongoDB Extended JSON v2, canonical and relaxed
    legacy,    ///< v2, and of v1 {"$date": <number>} and {"$binary": <base64>, "$type": <hex>}
};

/// Free bytes that stand in front of every document made here: room for an `_id` with an ObjectId to be put in.
inline constexpr std::size_t id_room = 17;

/// A document that was made in a buffer.
struct MadeDocument {
    std::size_t begin = 0;  ///< of its bytes in the buffer
    std::size_t size = 0;
    std::size_t id_begin = 0;  ///< of its `_id` element in the buffer; 0: it has none
};

/// Makes BSON of the JSON object `text` and appends it, behind id_room free bytes, to `into`; returns the first problem
/// or nothing. On a problem `into` is as it was.
///
/// The rules are those of the MongoDB Extended JSON v2 specification: an object whose first key is one of its type
/// wrappers ($oid, $numberLong, $date, …) becomes that type and must be exactly of its shape; other keys, those with a
/// dollar sign too, are ordinary. Whole numbers become int32 where they fit, else int64, else, and with a fraction or
/// an exponent, double. Beyond the specification, refused are: a key twice in one object, U+0000 in a key or in a
/// regular expression, half of a surrogate pair, a number that no finite double is near to, more than
/// deepest_document levels, and a document larger than largest_document.
std::optional<json::Problem> json_to_bson(std::string_view text, JsonDialect dialect, ByteBuffer& into,
                                          MadeDocument& made);

/// The document that the JSON object `text`, called `what` in messages, stands for.
/// Errors: Fault::usage, as `WHAT: COLUMN: why`.
std::string document_from_json(std::string_view text, std::string_view what);

}  // namespace bradawl::mongo
