#include "mongo/batch.hpp"

#include <algorithm>
#include <functional>

#include "mongo/bson.hpp"

namespace bradawl::mongo {
namespace {

// A hash that equal `_id`s share; 0 for types whose values can be equal and yet differ in their bytes in more ways than
// are told apart here. Numbers are equal across their types.
std::uint64_t hash_of_id(std::string_view document) {
    const auto type = static_cast<BsonType>(document[4]);
    const char* const value = document.data() + 9;  // behind the type, "_id" and its NUL
    std::uint64_t hash = 0;
    switch (type) {
        case BsonType::int32:
            hash = std::hash<double>()(load<std::int32_t>(value));
            break;
        case BsonType::int64:
            hash = std::hash<double>()(static_cast<double>(load<std::int64_t>(value)));
            break;
        case BsonType::real:
            hash = std::hash<double>()(load<double>(value));
            break;
        case BsonType::object_id:
        case BsonType::string:
        case BsonType::binary:
        case BsonType::date:
            hash = std::hash<std::string_view>()({value, trusted_size(type, value)});
            break;
        default:
            return 0;
    }
    return hash == 0 ? 1 : hash;
}

}  // namespace

void Batch::add(const InputLine& line, const MadeDocument& made) {
    entries_.push_back({line.number, line.offset, line.source, texts_.size(), line.text.size(), made.begin, made.size});
    texts_ += line.text;
    note_id(document(entries_.size() - 1));
}

void Batch::clear() {
    documents_.clear();
    texts_.clear();
    entries_.clear();
    std::fill(ids_.begin(), ids_.end(), 0);
    repeated_id_ = false;
}

void Batch::note_id(std::string_view document) {
    if (entries_.size() * 2 > ids_.size()) grow_ids();
    const std::uint64_t hash = hash_of_id(document);
    if (hash == 0) {
        repeated_id_ = true;
        return;
    }
    std::size_t at = hash & (ids_.size() - 1);
    for (; ids_[at] != 0; at = (at + 1) & (ids_.size() - 1)) {
        if (ids_[at] == hash) {
            repeated_id_ = true;
            return;
        }
    }
    ids_[at] = hash;
}

void Batch::grow_ids() {
    std::vector<std::uint64_t> larger(ids_.empty() ? 1024 : ids_.size() * 2);
    for (const std::uint64_t hash : ids_) {
        if (hash == 0) continue;
        std::size_t at = hash & (larger.size() - 1);
        while (larger[at] != 0)
            at = (at + 1) & (larger.size() - 1);
        larger[at] = hash;
    }
    ids_ = std::move(larger);
}

}  // namespace bradawl::mongo
