#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace bradawl::mongo {

static_assert(std::endian::native == std::endian::little, "BSON is read and written as the machine holds it");

/// The element types of BSON (bsonspec.org, version 1.1).
enum class BsonType : std::uint8_t {
    real = 0x01,
    string = 0x02,
    document = 0x03,
    array = 0x04,
    binary = 0x05,
    undefined = 0x06,
    object_id = 0x07,
    boolean = 0x08,
    date = 0x09,
    null = 0x0a,
    regex = 0x0b,
    db_pointer = 0x0c,
    code = 0x0d,
    symbol = 0x0e,
    code_with_scope = 0x0f,
    int32 = 0x10,
    timestamp = 0x11,
    int64 = 0x12,
    decimal128 = 0x13,
    max_key = 0x7f,
    min_key = 0xff,
};

/// The largest document that a server takes, in bytes.
inline constexpr std::size_t largest_document = 16 * 1024 * 1024;

/// How many documents and arrays may lie in one another, the outermost counted (MongoDB's limit for what it stores).
inline constexpr std::size_t deepest_document = 100;

/// A little-endian number at `at`, which needs no alignment.
template <class Number>
Number load(const char* at) noexcept {
    Number value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

template <class Number>
void store(char* at, Number value) noexcept {
    std::memcpy(at, &value, sizeof value);
}

/// One element of a document. The views point into the document.
struct BsonElement {
    BsonType type{};
    std::string_view key;
    std::string_view value;  ///< the bytes behind the key, as the type lays them out
    std::string_view bytes;  ///< the whole element: type, key and value

    /// The text of a string, code or symbol, without its length and its NUL.
    std::string_view text() const noexcept { return value.substr(4, value.size() - 5); }
};

/// Steps through the elements of a document or array whose bytes may be anything. What lies in nested documents is left
/// to a cursor of their own; UTF-8 is not looked at.
class BsonCursor {
public:
    /// `document`: exactly its bytes, length and last NUL included. Errors: Fault::data.
    explicit BsonCursor(std::string_view document);

    /// Moves to the next element; false at the end. Errors: Fault::data, when it is malformed.
    bool next();

    /// The element that next() moved to.
    const BsonElement& element() const noexcept { return element_; }

private:
    const char* at_;
    const char* end_;  // the document's NUL
    BsonElement element_;
};

/// The element called `key` at the top of `document`; one with an empty `bytes` when there is none.
/// Errors: Fault::data, when what stands before it is malformed.
BsonElement find_element(std::string_view document, std::string_view key);

/// An int32, int64 or finite double as a number; `otherwise` for every other type and for what does not fit.
std::int64_t to_integer(const BsonElement& element, std::int64_t otherwise);

/// The options of a regular expression in the order of the alphabet, as they are stored and printed. Options that are
/// no ASCII, which no server knows, stay as they are.
std::string sorted_options(std::string_view options);

/// How many bytes the value of `type` has whose first byte is `at`, in a document known to be good.
std::size_t trusted_size(BsonType type, const char* at) noexcept;

}  // namespace bradawl::mongo
