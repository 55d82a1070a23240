#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "mongo/bson.hpp"
#include "mongo/json_to_bson.hpp"

// Private to the making of BSON from JSON: the type wrappers of MongoDB Extended JSON v2.
namespace bradawl::mongo {

/// The objects of Extended JSON that stand for a value of another type, by their first key.
enum class Wrapper {
    none,
    object_id,
    int32,
    int64,
    real,
    decimal128,
    date,
    binary,
    uuid,
    timestamp,
    regex,
    code,
    symbol,
    db_pointer,
    min_key,
    max_key,
    undefined,
};

/// The wrapper that an object with `key` as its first key is. `$scope` too may stand first, before its `$code`.
Wrapper wrapper_of(std::string_view key) noexcept;

/// What a wrapper was turned into, or why it cannot be.
struct Unwrapped {
    BsonType type{};
    std::size_t size = 0;       ///< of the value, which now stands where the document stood
    const char* why = nullptr;  ///< null, or a constant text that says what is wrong
};

/// Puts the value that the wrapper document at `document` (`size` bytes, made from JSON by the ordinary rules) stands
/// for in its place. A value is never longer than its wrapper.
/// `unwrapped_inside`: the document holds values that were themselves wrapped; it tells {"$date": {"$numberLong": "1"}}
/// from {"$date": 1}.
Unwrapped unwrap(Wrapper wrapper, char* document, std::size_t size, bool unwrapped_inside, JsonDialect dialect);

}  // namespace bradawl::mongo
