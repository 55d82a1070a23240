#include "mongo/document_id.hpp"

#include <algorithm>
#include <chrono>

#include "mongo/bson.hpp"

namespace bradawl::mongo {
namespace {

constexpr std::string_view id_key("_id\0", 4);

// The element at `path` below `document`; one with empty bytes when there is none.
BsonElement at_path(std::string_view document, std::string_view path) {
    for (;;) {
        const std::size_t dot = path.find('.');
        const BsonElement element = find_element(document, path.substr(0, dot));
        if (dot == path.npos || element.bytes.empty()) return element;
        if (element.type != BsonType::document) return {};
        document = element.value;
        path.remove_prefix(dot + 1);
    }
}

const char* why_no_id(const BsonElement& element) {
    switch (element.type) {
        case BsonType::array:
            return "_id must not be an array";
        case BsonType::regex:
            return "_id must not be a regular expression";
        case BsonType::undefined:
            return "_id must not be undefined";
        case BsonType::document: {
            BsonCursor cursor(element.value);
            while (cursor.next()) {
                if (cursor.element().key.starts_with('$')) return "_id must not hold a key that begins with $";
            }
            return nullptr;
        }
        default:
            return nullptr;
    }
}

// Moves the `_id` element, which stands somewhere in the document, to its front.
void to_front(char* document, char* element, std::size_t size) {
    std::rotate(document + 4, element, element + size);
}

}  // namespace

ObjectIds::ObjectIds(const Clock& clock, Random& random) : clock_(clock) {
    std::uint64_t bits = random.next();
    for (char& byte : drawn_) {
        byte = static_cast<char>(bits & 0xff);
        bits >>= 8;
    }
    counter_ = static_cast<std::uint32_t>(bits & 0xffffff);
}

std::array<char, 12> ObjectIds::next() {
    const auto wall = std::chrono::floor<std::chrono::seconds>(clock_.wall());
    const auto seconds = static_cast<std::uint32_t>(wall.time_since_epoch().count());
    std::array<char, 12> id{};
    for (unsigned i = 0; i < 4; ++i)
        id[i] = static_cast<char>(seconds >> (24 - 8 * i) & 0xff);
    std::copy(drawn_.begin(), drawn_.end(), id.begin() + 4);
    for (unsigned i = 0; i < 3; ++i)
        id[9 + i] = static_cast<char>(counter_ >> (16 - 8 * i) & 0xff);
    counter_ = (counter_ + 1) & 0xffffff;
    return id;
}

const char* DocumentId::put(ByteBuffer& buffer, MadeDocument& made) {
    if (!from_.empty()) return put_from_field(buffer, made);
    if (made.id_begin == 0) {
        // Into the free bytes in front: the document need not move.
        const auto id = ids_.next();
        made.begin -= id_room;
        made.size += id_room;
        char* const begin = buffer.data() + made.begin;
        store(begin, static_cast<std::uint32_t>(made.size));
        begin[4] = static_cast<char>(BsonType::object_id);
        id_key.copy(begin + 5, id_key.size());
        std::copy(id.begin(), id.end(), begin + 9);
        made.id_begin = made.begin + 4;
        return nullptr;
    }
    char* const element = buffer.data() + made.id_begin;
    const auto type = static_cast<BsonType>(*element);
    const char* const value = element + 1 + id_key.size();
    const std::size_t size = trusted_size(type, value);
    if (const char* const why = why_no_id({type, "_id", {value, size}, {}})) return why;
    to_front(buffer.data() + made.begin, element, 1 + id_key.size() + size);
    made.id_begin = made.begin + 4;
    return nullptr;
}

const char* DocumentId::put_from_field(ByteBuffer& buffer, MadeDocument& made) const {
    const std::string_view document = buffer.view(made.begin, made.size);
    const BsonElement source = at_path(document, from_);
    if (source.bytes.empty()) return "the field that --id-from names is missing";
    if (const char* const why = why_no_id(source)) return why;
    std::string id(1, static_cast<char>(source.type));
    id += id_key;
    id += source.value;
    if (made.id_begin != 0) {
        const BsonElement present = find_element(document, "_id");
        if (present.bytes != id) return "the document has an _id that is not the field's value";
        to_front(buffer.data() + made.begin, buffer.data() + made.id_begin, id.size());
    } else {
        buffer.append(id);
        made.size += id.size();
        char* const begin = buffer.data() + made.begin;
        to_front(begin, begin + made.size - id.size(), id.size());
        store(begin, static_cast<std::uint32_t>(made.size));
    }
    made.id_begin = made.begin + 4;
    return made.size > largest_document ? "document larger than 16 MiB with its _id" : nullptr;
}

}  // namespace bradawl::mongo
