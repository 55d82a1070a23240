#include "mongo/bson.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace bradawl::mongo {
namespace {

[[noreturn]] void malformed(const char* why) {
    throw Error(Fault::data, std::string("malformed BSON: ") + why);
}

// The values that a cursor steps over, with every length held against what is left of the document.
class Values {
public:
    Values(const char* at, const char* end) : begin_(at), at_(at), end_(end) {}

    std::size_t size_of(BsonType type) {
        switch (type) {
            case BsonType::undefined:
            case BsonType::null:
            case BsonType::min_key:
            case BsonType::max_key:
                break;
            case BsonType::boolean:
                boolean();
                break;
            case BsonType::int32:
                skip(4);
                break;
            case BsonType::real:
            case BsonType::date:
            case BsonType::timestamp:
            case BsonType::int64:
                skip(8);
                break;
            case BsonType::object_id:
                skip(12);
                break;
            case BsonType::decimal128:
                skip(16);
                break;
            case BsonType::string:
            case BsonType::code:
            case BsonType::symbol:
                string();
                break;
            case BsonType::document:
            case BsonType::array:
                document();
                break;
            case BsonType::binary:
                binary();
                break;
            case BsonType::regex:
                cstring();
                cstring();
                break;
            case BsonType::db_pointer:
                string();
                skip(12);
                break;
            case BsonType::code_with_scope:
                code_with_scope();
                break;
            default:
                malformed("unknown element type");
        }
        return static_cast<std::size_t>(at_ - begin_);
    }

private:
    std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

    void skip(std::size_t count) {
        if (left() < count) malformed("a value runs over the end of its document");
        at_ += count;
    }
    std::size_t length(std::size_t least) {
        skip(4);
        const auto value = load<std::int32_t>(at_ - 4);
        if (value < 0 || static_cast<std::size_t>(value) < least) malformed("a length is too small");
        return static_cast<std::size_t>(value);
    }
    void boolean() {
        skip(1);
        if (at_[-1] != 0 && at_[-1] != 1) malformed("a boolean is neither 0 nor 1");
    }
    void string() {
        skip(length(1));
        if (at_[-1] != 0) malformed("a string does not end in NUL");
    }
    void document() {
        skip(length(5) - 4);
        if (at_[-1] != 0) malformed("a nested document does not end in NUL");
    }
    void binary() {
        const std::size_t size = length(0);
        skip(1);
        const auto kind = static_cast<unsigned char>(at_[-1]);
        skip(size);
        // The old generic subtype repeats the length inside.
        if (kind == 2 && (size < 4 || static_cast<std::size_t>(load<std::uint32_t>(at_ - size)) != size - 4)) {
            malformed("binary data of subtype 2 has a wrong inner length");
        }
    }
    void cstring() {
        const void* const nul = std::memchr(at_, 0, left());
        if (nul == nullptr) malformed("a regular expression has no end");
        at_ = static_cast<const char*>(nul) + 1;
    }
    void code_with_scope() {
        const char* const begin = at_;
        const std::size_t size = length(4 + 5 + 5);
        string();
        document();
        if (static_cast<std::size_t>(at_ - begin) != size) malformed("code with scope has a wrong length");
    }

    const char* begin_;
    const char* at_;
    const char* end_;
};

}  // namespace

BsonCursor::BsonCursor(std::string_view document)
    : at_(document.data() + 4), end_(document.data() + document.size() - 1) {
    if (document.size() < 5) malformed("a document is shorter than 5 bytes");
    if (load<std::uint32_t>(document.data()) != document.size()) malformed("a document's length is wrong");
    if (document.back() != 0) malformed("a document does not end in NUL");
}

bool BsonCursor::next() {
    if (at_ == end_) return false;
    const char* const begin = at_;
    element_.type = static_cast<BsonType>(*at_++);
    const void* const nul = std::memchr(at_, 0, static_cast<std::size_t>(end_ - at_));
    if (nul == nullptr) malformed("a key has no end");
    const char* const value = static_cast<const char*>(nul) + 1;
    element_.key = {at_, static_cast<std::size_t>(value - 1 - at_)};
    const std::size_t size = Values(value, end_).size_of(element_.type);
    at_ = value + size;
    element_.value = {value, size};
    element_.bytes = {begin, static_cast<std::size_t>(at_ - begin)};
    return true;
}

BsonElement find_element(std::string_view document, std::string_view key) {
    BsonCursor cursor(document);
    while (cursor.next()) {
        if (cursor.element().key == key) return cursor.element();
    }
    return {};
}

std::int64_t to_integer(const BsonElement& element, std::int64_t otherwise) {
    switch (element.type) {
        case BsonType::int32:
            return load<std::int32_t>(element.value.data());
        case BsonType::int64:
            return load<std::int64_t>(element.value.data());
        case BsonType::real: {
            const auto value = load<double>(element.value.data());
            return std::abs(value) < 0x1p62 ? static_cast<std::int64_t>(value) : otherwise;
        }
        default:
            return otherwise;
    }
}

std::string sorted_options(std::string_view options) {
    std::string out(options);
    const bool ascii = std::all_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii) std::sort(out.begin(), out.end());
    return out;
}

std::size_t trusted_size(BsonType type, const char* at) noexcept {
    switch (type) {
        case BsonType::boolean:
            return 1;
        case BsonType::int32:
            return 4;
        case BsonType::real:
        case BsonType::date:
        case BsonType::timestamp:
        case BsonType::int64:
            return 8;
        case BsonType::object_id:
            return 12;
        case BsonType::decimal128:
            return 16;
        case BsonType::string:
        case BsonType::code:
        case BsonType::symbol:
            return 4 + load<std::uint32_t>(at);
        case BsonType::document:
        case BsonType::array:
        case BsonType::code_with_scope:
            return load<std::uint32_t>(at);
        case BsonType::binary:
            return 5 + load<std::uint32_t>(at);
        case BsonType::db_pointer:
            return 4 + load<std::uint32_t>(at) + 12;
        case BsonType::regex: {
            const std::size_t pattern = std::strlen(at) + 1;
            return pattern + std::strlen(at + pattern) + 1;
        }
        default:
            return 0;
    }
}

}  // namespace bradawl::mongo
