#include "mongo/json_to_bson.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "core/error.hpp"
#include "json/check.hpp"
#include "json/number.hpp"
#include "json/reader.hpp"
#include "json/unescape.hpp"
#include "mongo/bson.hpp"
#include "mongo/extended_json.hpp"

namespace bradawl::mongo {
namespace {

// No JSON text becomes longer BSON than this many times its size: `1,` in an array of fewer than 10^8 elements is 14
// bytes. So one reservation a document does, and nothing below looks at the buffer's end.
constexpr std::size_t growth = 8;
// Copies may write this far beyond what they copy, and no further.
constexpr std::size_t slack = 64;

// The keys of arrays. Every entry has 4 bytes with its NUL, so that it can be copied as one word.
constexpr std::size_t ready_indexes = 1000;
constexpr auto index_keys = [] {
    std::array<std::array<char, 4>, ready_indexes> keys{};
    for (std::size_t i = 0; i < ready_indexes; ++i) {
        std::size_t at = 0;
        if (i >= 100) keys[i][at++] = static_cast<char>('0' + i / 100);
        if (i >= 10) keys[i][at++] = static_cast<char>('0' + i / 10 % 10);
        keys[i][at] = static_cast<char>('0' + i % 10);
    }
    return keys;
}();

// An array or object that is open.
struct Level {
    char* begin;            // where its length goes
    char* type;             // its own element's type byte; null at the top
    const char* first_key;  // in the text: where a wrapper is said to be wrong
    std::uint32_t count;    // of the elements so far, in an array
    bool is_array;
    bool empty;
    bool unwrapped_inside;
    Wrapper wrapper;
    std::array<std::uint64_t, 4> keys;  // a bit for each key's hash: whether a look at all keys is needed
};

// The handler of json::read: writes each value as it is told of it.
class Maker {
public:
    Maker(std::string_view text, char* out, JsonDialect dialect) noexcept : text_(text), out_(out), dialect_(dialect) {}

    void null() noexcept { put_type(BsonType::null); }
    void boolean(bool value) noexcept {
        put_type(BsonType::boolean);
        *out_++ = value ? 1 : 0;
    }

    const char* number(std::string_view spelling, bool integral) noexcept {
        if (integral) {
            if (spelling.size() < 18) [[likely]] {
                put_whole(short_integer(spelling));
                return nullptr;
            }
            if (const auto value = json::to_int64(spelling)) {
                put_whole(*value);
                return nullptr;
            }
        }
        const json::Double value = json::to_double(spelling);
        if (!value.in_range && value.value != 0) return "number too large for a double";
        put_type(BsonType::real);
        put(value.value);
        return nullptr;
    }

    const char* string(std::string_view raw, bool escaped) {
        put_type(BsonType::string);
        char* const length = out_;
        out_ += 4;
        if (const char* const why = put_text(raw, escaped)) return why;
        *out_++ = 0;
        store(length, static_cast<std::uint32_t>(out_ - length - 4));
        return nullptr;
    }

    const char* key(std::string_view raw, bool escaped) {
        type_ = out_++;
        char* const begin = out_;
        if (const char* const why = put_text(raw, escaped)) return why;
        const std::string_view name(begin, static_cast<std::size_t>(out_ - begin));
        *out_++ = 0;
        // A control character can only come from an escape.
        if (escaped && name.find('\0') != name.npos) return at(raw.data(), "U+0000 in a key");
        Level& level = levels_[depth_ - 1];
        if (level.empty) {
            level.empty = false;
            level.first_key = raw.data();
            if (name.starts_with('$')) level.wrapper = wrapper_of(name);
        }
        if (may_be_known(level, name) && is_known(level, name))
            return at(raw.data(), "the same key twice in an object");
        if (depth_ == 1 && name == "_id") id_ = type_;
        return nullptr;
    }

    void begin_object() noexcept { begin(false); }
    void begin_array() noexcept { begin(true); }
    const char* end_array() noexcept { return end(); }
    const char* end_object() {
        const Level& level = levels_[depth_ - 1];
        return level.wrapper == Wrapper::none ? end() : end_wrapper();
    }

    // Behind the last byte written.
    const char* out() const noexcept { return out_; }
    // The element `_id` of the top level; null: none.
    const char* id() const noexcept { return id_; }
    // The place of the problem that was returned, where it is not the value that json::read would name.
    const char* problem_at() const noexcept { return problem_at_; }

private:
    const char* at(const char* place, const char* why) noexcept {
        problem_at_ = place;
        return why;
    }

    template <class Number>
    void put(Number value) noexcept {
        store(out_, value);
        out_ += sizeof value;
    }

    void put_whole(std::int64_t value) noexcept {
        if (value == static_cast<std::int32_t>(value)) {
            put_type(BsonType::int32);
            put(static_cast<std::int32_t>(value));
        } else {
            put_type(BsonType::int64);
            put(value);
        }
    }

    // A spelling of at most 17 characters, which fits.
    static std::int64_t short_integer(std::string_view spelling) noexcept {
        const bool negative = spelling.front() == '-';
        std::int64_t value = 0;
        for (const char c : spelling.substr(negative ? 1 : 0))
            value = value * 10 + (c - '0');
        return negative ? -value : value;
    }

    void put_type(BsonType type) noexcept {
        Level& level = levels_[depth_ - 1];
        if (!level.is_array) {
            *type_ = static_cast<char>(type);
            return;
        }
        type_ = out_;
        *out_++ = static_cast<char>(type);
        const std::uint32_t index = level.count++;
        if (index < ready_indexes) [[likely]] {
            std::memcpy(out_, index_keys[index].data(), 4);
            out_ += index < 10 ? 2 : index < 100 ? 3 : 4;
        } else {
            out_ = std::to_chars(out_, out_ + 10, index).ptr;
            *out_++ = 0;
        }
    }

    const char* put_text(std::string_view raw, bool escaped) {
        if (escaped) [[unlikely]] {
            const auto problem = json::unescape(raw, out_, json::LoneSurrogate::refuse);
            return problem ? at(raw.data() + problem->offset, problem->what) : nullptr;
        }
        // Most texts are short: one copy of fixed size, where the text has that much to read, costs least.
        const std::size_t behind = text_.size() - static_cast<std::size_t>(raw.data() - text_.data());
        if (raw.size() <= 16 && behind >= 16) {
            std::memcpy(out_, raw.data(), 16);
        } else if (raw.size() <= 32 && behind >= 32) {
            std::memcpy(out_, raw.data(), 32);
        } else {
            std::memcpy(out_, raw.data(), raw.size());
        }
        out_ += raw.size();
        return nullptr;
    }

    void begin(bool is_array) noexcept {
        char* type = nullptr;
        if (depth_ > 0) {
            put_type(is_array ? BsonType::array : BsonType::document);
            type = type_;
        }
        Level& level = levels_[depth_++];
        level.begin = out_;
        level.type = type;
        level.count = 0;
        level.is_array = is_array;
        level.empty = true;
        level.unwrapped_inside = false;
        level.wrapper = Wrapper::none;
        level.keys = {};
        out_ += 4;
    }

    const char* end() noexcept {
        const Level& level = levels_[--depth_];
        *out_++ = 0;
        store(level.begin, static_cast<std::uint32_t>(out_ - level.begin));
        if (depth_ > 0 && level.unwrapped_inside) levels_[depth_ - 1].unwrapped_inside = true;
        return nullptr;
    }

    const char* end_wrapper() {
        const Level& level = levels_[depth_ - 1];
        if (level.type == nullptr) return at(level.first_key, "a type wrapper stands where a document must");
        end();
        const auto size = static_cast<std::size_t>(out_ - level.begin);
        const Unwrapped value = unwrap(level.wrapper, level.begin, size, level.unwrapped_inside, dialect_);
        if (value.why != nullptr) return at(level.first_key, value.why);
        *level.type = static_cast<char>(value.type);
        out_ = level.begin + value.size;
        levels_[depth_ - 1].unwrapped_inside = true;
        return nullptr;
    }

    // Notes the key; false: it is new for certain. Reads up to 8 bytes from the key's begin: they are in the buffer.
    static bool may_be_known(Level& level, std::string_view name) noexcept {
        const auto head = load<std::uint64_t>(name.data());
        const std::size_t size = name.size();
        const std::uint64_t tail = size > 8 ? load<std::uint64_t>(name.data() + size - 8) : 0;
        const std::uint64_t kept = size < 8 ? head & ((std::uint64_t{1} << (size * 8)) - 1) : head;
        const std::uint64_t hash = ((kept + size) * 0x9e3779b97f4a7c15ULL) ^ (tail * 0xc2b2ae3d27d4eb4fULL);
        const unsigned bit = static_cast<unsigned>(hash >> 56);
        std::uint64_t& word = level.keys[bit / 64];
        const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
        const bool was = (word & mask) != 0;
        word |= mask;
        return was;
    }

    // Whether an element of the open object before the one at type_ has this key.
    bool is_known(const Level& level, std::string_view name) const noexcept {
        const char* at = level.begin + 4;
        while (at != type_) {
            const auto type = static_cast<BsonType>(*at++);
            const std::string_view other(at);
            if (other == name) return true;
            at += other.size() + 1;
            at += trusted_size(type, at);
        }
        return false;
    }

    std::string_view text_;
    char* out_;
    char* type_ = nullptr;  // of the element whose value comes next or came last
    const char* id_ = nullptr;
    const char* problem_at_ = nullptr;
    std::size_t depth_ = 0;
    JsonDialect dialect_;
    std::array<Level, deepest_document> levels_;  // left uninitialised: begin() fills a level
};

}  // namespace

std::optional<json::Problem> json_to_bson(std::string_view text, JsonDialect dialect, ByteBuffer& into,
                                          MadeDocument& made) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos || text[first] != '{') {
        if (const auto problem = json::check(text)) return problem;
        return json::Problem{first, "not an object"};
    }
    const std::size_t before = into.size();
    char* const room = into.reserve(text.size() * growth + id_room + slack);
    char* const begin = room + id_room;
    Maker maker(text, begin, dialect);
    if (auto problem = json::read(text, maker, deepest_document)) {
        if (const char* const place = maker.problem_at())
            problem->offset = static_cast<std::size_t>(place - text.data());
        return problem;
    }
    made.begin = before + id_room;
    made.size = static_cast<std::size_t>(maker.out() - begin);
    made.id_begin = maker.id() == nullptr ? 0 : made.begin + static_cast<std::size_t>(maker.id() - begin);
    if (made.size > largest_document) return json::Problem{0, "document larger than 16 MiB"};
    into.set_size(made.begin + made.size);
    return std::nullopt;
}

std::string document_from_json(std::string_view text, std::string_view what) {
    ByteBuffer buffer;
    MadeDocument made;
    if (const auto problem = json_to_bson(text, JsonDialect::extended, buffer, made)) {
        throw Error(Fault::usage,
                    std::string(what) + ": " + std::to_string(problem->offset + 1) + ": " + problem->what);
    }
    return std::string(buffer.view(made.begin, made.size));
}

}  // namespace bradawl::mongo
