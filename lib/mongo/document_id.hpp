#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/random.hpp"
#include "mongo/byte_buffer.hpp"
#include "mongo/json_to_bson.hpp"

namespace bradawl::mongo {

/// Makes ObjectIds (MongoDB ObjectId specification): 4 bytes of seconds since 1970, 5 bytes drawn once, 3 bytes of a
/// counter from a drawn start, all most significant first.
class ObjectIds {
public:
    ObjectIds(const Clock& clock, Random& random);

    std::array<char, 12> next();

private:
    const Clock& clock_;
    std::array<char, 5> drawn_;
    std::uint32_t counter_;
};

/// Sees to it that documents have an `_id`, as their first element, before they are sent for the first time: so a
/// document sent twice is known to be the same, and is stored as it was sent (a server moves `_id` to the front).
class DocumentId {
public:
    /// `from`: the dotted path of the field whose value becomes the `_id` (`user.id`; numbers step into arrays no more
    /// than names do); empty: a missing `_id` is an ObjectId made here.
    DocumentId(std::string from, ObjectIds& ids) : from_(std::move(from)), ids_(ids) {}

    /// Puts the `_id` in. The document must be the last in `buffer`. Returns null, or a constant text that says why the
    /// document cannot have one: the field is missing, the document has another `_id` already, or the value is one
    /// that no server takes (an array, a regular expression, undefined, a document with a key that begins with $).
    const char* put(ByteBuffer& buffer, MadeDocument& made);

private:
    const char* put_from_field(ByteBuffer& buffer, MadeDocument& made) const;

    std::string from_;
    ObjectIds& ids_;
};

}  // namespace bradawl::mongo
