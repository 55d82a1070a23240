#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.hpp"

namespace bradawl::json {

/// A value of a document that a person wrote or that a tool keeps for itself: configuration, model, state. Small texts,
/// held whole. For records use json/reader.hpp.
struct Value {
    struct Null {};
    struct Number {
        std::string spelling;  ///< as written; json/number.hpp gives its value
    };
    using Array = std::vector<Value>;
    using Object = std::vector<std::pair<std::string, Value>>;  ///< in the order written, no name twice

    std::variant<Null, bool, Number, std::string, Array, Object> content;
    std::size_t offset = 0;  ///< of the value's first byte in the document, for messages

    /// The member `name`; null when this is no object or has none.
    const Value* find(std::string_view name) const noexcept;
};

/// A place in a text as people count it: lines from 1, columns from 1 in bytes.
struct Place {
    std::size_t line;
    std::size_t column;
};

Place place_of(std::string_view text, std::size_t offset) noexcept;

/// The Error of `fault` that says `LINE:COLUMN: what`.
Error error_at(Fault fault, std::string_view text, std::size_t offset, std::string_view what);

/// Reads a document. Errors: `fault`, as `LINE:COLUMN: why`, for what is not JSON, for a name twice in one object, for
/// half a surrogate pair in a string, and for more than 64 arrays and objects in one another.
Value read_document(std::string_view text, Fault fault);

/// Reads a document that is one object of strings, such as a file of secrets. Errors: as above; the text of an error
/// never holds a value.
std::map<std::string, std::string> read_string_map(std::string_view text, Fault fault);

}  // namespace bradawl::json
