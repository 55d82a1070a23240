#include "mongo/extended_json.hpp"

#include <bson/bson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

#include "text/base64.hpp"
#include "text/time.hpp"

namespace bradawl::mongo {
namespace {

// The members of a wrapper: no wrapper has more than two.
struct Members {
    std::array<BsonElement, 2> elements;
    std::size_t count = 0;

    explicit Members(std::string_view document) {
        BsonCursor cursor(document);
        for (; cursor.next(); ++count) {
            if (count < elements.size()) elements[count] = cursor.element();
        }
    }
    // The only member's text; nothing when there are others or it is no string.
    std::optional<std::string_view> only_text() const {
        if (count != 1 || elements[0].type != BsonType::string) return std::nullopt;
        return elements[0].text();
    }
    // The member `key` of exactly two, of `type`; null when it is not so.
    const BsonElement* of_two(std::string_view key, BsonType type) const {
        if (count != 2) return nullptr;
        for (const BsonElement& element : elements) {
            if (element.key == key && element.type == type) return &element;
        }
        return nullptr;
    }
};

Unwrapped wrong(const char* why) {
    return {BsonType{}, 0, why};
}

template <class Number>
Unwrapped number(char* out, BsonType type, Number value) {
    store(out, value);
    return {type, sizeof value};
}

Unwrapped bytes(char* out, BsonType type, std::string_view value) {
    std::memmove(out, value.data(), value.size());
    return {type, value.size()};
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// `text` as bytes; nothing when it is not hexadecimal digits only, two a byte.
std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

Unwrapped object_id(const Members& members, char* out) {
    const auto text = members.only_text();
    const auto id = text ? from_hex(*text) : std::nullopt;
    if (!id || id->size() != 12) return wrong("$oid must be a string of 24 hexadecimal digits and stand alone");
    return bytes(out, BsonType::object_id, *id);
}

template <class Integer>
Unwrapped integer(const Members& members, char* out, BsonType type, const char* why) {
    const auto text = members.only_text();
    if (!text) return wrong(why);
    Integer value = 0;
    const char* const end = text->data() + text->size();
    const auto [stopped, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc() || stopped != end) return wrong(why);
    return number(out, type, value);
}

Unwrapped real(const Members& members, char* out) {
    constexpr const char* why =
        "$numberDouble must be a number, Infinity, -Infinity or NaN as a string and stand alone";
    const auto text = members.only_text();
    if (!text) return wrong(why);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (*text == "Infinity") return number(out, BsonType::real, infinity);
    if (*text == "-Infinity") return number(out, BsonType::real, -infinity);
    if (*text == "NaN") return number(out, BsonType::real, std::numeric_limits<double>::quiet_NaN());
    // from_chars also reads words such as inf, which are none here.
    if (text->find_first_not_of("0123456789+-.eE") != text->npos) return wrong(why);
    const std::string_view digits = text->substr(text->starts_with('+') ? 1 : 0);
    double value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc() || stopped != end) return wrong(why);
    return number(out, BsonType::real, value);
}

Unwrapped decimal128(const Members& members, char* out) {
    const auto text = members.only_text();
    bson_decimal128_t value;
    // What lies in the document ends in NUL; one inside would cut the text short.
    if (!text || text->find('\0') != text->npos || !bson_decimal128_from_string(text->data(), &value)) {
        return wrong("$numberDecimal must be a decimal number of at most 34 digits as a string and stand alone");
    }
    store(out, value.low);
    store(out + 8, value.high);
    return {BsonType::decimal128, 16};
}

Unwrapped date(const Members& members, char* out, bool unwrapped_inside, JsonDialect dialect) {
    constexpr const char* why = "$date must be an ISO 8601 string or a $numberLong and stand alone";
    if (members.count != 1) return wrong(why);
    const BsonElement& value = members.elements[0];
    if (value.type == BsonType::string) {
        const auto time = text::from_rfc3339(value.text());
        if (!time) return wrong(why);
        return number(out, BsonType::date, std::int64_t{time->time_since_epoch().count()});
    }
    const bool whole = value.type == BsonType::int64 || value.type == BsonType::int32;
    const bool canonical = value.type == BsonType::int64 && unwrapped_inside;
    const bool legacy = dialect == JsonDialect::legacy && whole && !unwrapped_inside;
    if (!canonical && !legacy) return wrong(why);
    return number(out, BsonType::date, to_integer(value, 0));
}

Unwrapped put_binary(char* out, unsigned char subtype, std::string_view data) {
    const bool old = subtype == 2;  // repeats its length inside
    const auto size = static_cast<std::uint32_t>(data.size());
    char* const at = out + (old ? 9 : 5);
    std::memmove(at, data.data(), data.size());
    store(out, old ? size + 4 : size);
    out[4] = static_cast<char>(subtype);
    if (old) store(out + 5, size);
    return {BsonType::binary, static_cast<std::size_t>(at - out) + data.size()};
}

Unwrapped binary(const Members& members, char* out, JsonDialect dialect) {
    constexpr const char* why = "$binary must be {\"base64\": <base64>, \"subType\": <one or two hexadecimal digits>}";
    const BsonElement* data = nullptr;
    const BsonElement* kind = nullptr;
    std::optional<Members> inner;
    if (members.count == 1 && members.elements[0].type == BsonType::document) {
        inner.emplace(members.elements[0].value);
        data = inner->of_two("base64", BsonType::string);
        kind = inner->of_two("subType", BsonType::string);
    } else if (dialect == JsonDialect::legacy) {
        data = members.of_two("$binary", BsonType::string);
        kind = members.of_two("$type", BsonType::string);
    }
    if (data == nullptr || kind == nullptr) return wrong(why);
    const auto decoded = text::from_base64(data->text());
    unsigned char subtype = 0;
    const std::string_view digits = kind->text();
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, subtype, 16);
    if (!decoded || digits.size() > 2 || error != std::errc() || stopped != end) return wrong(why);
    return put_binary(out, subtype, *decoded);
}

Unwrapped uuid(const Members& members, char* out) {
    constexpr const char* why = "$uuid must be a string such as 73ffd264-44b3-4c69-90e8-e7d1dfc035d4 and stand alone";
    const auto text = members.only_text();
    if (!text || text->size() != 36) return wrong(why);
    std::string digits;
    for (std::size_t i = 0; i < text->size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen != ((*text)[i] == '-')) return wrong(why);
        if (!hyphen) digits += (*text)[i];
    }
    const auto value = from_hex(digits);
    return value ? put_binary(out, 4, *value) : wrong(why);
}

Unwrapped timestamp(const Members& members, char* out, bool unwrapped_inside) {
    constexpr const char* why = "$timestamp must be {\"t\": <seconds>, \"i\": <count>}, both from 0 to 4294967295";
    if (members.count != 1 || members.elements[0].type != BsonType::document || unwrapped_inside) return wrong(why);
    const Members inner(members.elements[0].value);
    std::array<std::uint32_t, 2> parts{};
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string_view key = i == 0 ? "t" : "i";
        const BsonElement* part = inner.of_two(key, BsonType::int32);
        if (part == nullptr) part = inner.of_two(key, BsonType::int64);
        const std::int64_t value = part == nullptr ? -1 : to_integer(*part, -1);
        if (value < 0 || value > std::numeric_limits<std::uint32_t>::max()) return wrong(why);
        parts[i] = static_cast<std::uint32_t>(value);
    }
    store(out, parts[1]);
    store(out + 4, parts[0]);
    return {BsonType::timestamp, 8};
}

Unwrapped regex(const Members& members, char* out) {
    constexpr const char* why =
        "$regularExpression must be {\"pattern\": <string>, \"options\": <string>} without U+0000";
    if (members.count != 1 || members.elements[0].type != BsonType::document) return wrong(why);
    const Members inner(members.elements[0].value);
    const BsonElement* const pattern = inner.of_two("pattern", BsonType::string);
    const BsonElement* const options = inner.of_two("options", BsonType::string);
    if (pattern == nullptr || options == nullptr) return wrong(why);
    const std::string sorted = sorted_options(options->text());
    std::string both(pattern->text());
    if (both.find('\0') != both.npos || sorted.find('\0') != sorted.npos) return wrong(why);
    both += '\0';
    both += sorted;
    both += '\0';
    return bytes(out, BsonType::regex, both);
}

Unwrapped code(const Members& members, char* out) {
    if (const auto text = members.only_text(); text && members.elements[0].key == "$code") {
        return bytes(out, BsonType::code, members.elements[0].value);
    }
    const BsonElement* const code = members.of_two("$code", BsonType::string);
    const BsonElement* const scope = members.of_two("$scope", BsonType::document);
    if (code == nullptr || scope == nullptr) {
        return wrong("$code must be a string, alone or with a document as $scope");
    }
    // The two may stand in either order.
    std::string both(4, '\0');
    both += code->value;
    both += scope->value;
    store(both.data(), static_cast<std::uint32_t>(both.size()));
    return bytes(out, BsonType::code_with_scope, both);
}

Unwrapped db_pointer(const Members& members, char* out) {
    constexpr const char* why = "$dbPointer must be {\"$ref\": <namespace>, \"$id\": {\"$oid\": <id>}}";
    if (members.count != 1 || members.elements[0].type != BsonType::document) return wrong(why);
    const Members inner(members.elements[0].value);
    const BsonElement* const space = inner.of_two("$ref", BsonType::string);
    const BsonElement* const id = inner.of_two("$id", BsonType::object_id);
    if (space == nullptr || id == nullptr) return wrong(why);
    return bytes(out, BsonType::db_pointer, std::string(space->value) + std::string(id->value));
}

// {"$minKey": 1} and its like: one member that is just this.
Unwrapped constant(const Members& members, BsonType type, bool right, const char* why) {
    return members.count == 1 && right ? Unwrapped{type, 0} : wrong(why);
}

}  // namespace

Wrapper wrapper_of(std::string_view key) noexcept {
    struct Name {
        std::string_view key;
        Wrapper wrapper;
    };
    static constexpr std::array<Name, 17> names{{
        {"$oid", Wrapper::object_id},
        {"$date", Wrapper::date},
        {"$numberInt", Wrapper::int32},
        {"$numberLong", Wrapper::int64},
        {"$numberDouble", Wrapper::real},
        {"$numberDecimal", Wrapper::decimal128},
        {"$binary", Wrapper::binary},
        {"$uuid", Wrapper::uuid},
        {"$timestamp", Wrapper::timestamp},
        {"$regularExpression", Wrapper::regex},
        {"$code", Wrapper::code},
        {"$scope", Wrapper::code},
        {"$symbol", Wrapper::symbol},
        {"$dbPointer", Wrapper::db_pointer},
        {"$minKey", Wrapper::min_key},
        {"$maxKey", Wrapper::max_key},
        {"$undefined", Wrapper::undefined},
    }};
    for (const Name& name : names) {
        if (name.key == key) return name.wrapper;
    }
    return Wrapper::none;
}

Unwrapped unwrap(Wrapper wrapper, char* document, std::size_t size, bool unwrapped_inside, JsonDialect dialect) {
    const Members members({document, size});
    const BsonElement& first = members.elements[0];
    const bool one = first.type == BsonType::int32 && to_integer(first, 0) == 1 && !unwrapped_inside;
    switch (wrapper) {
        case Wrapper::object_id:
            return object_id(members, document);
        case Wrapper::int32:
            return integer<std::int32_t>(members, document, BsonType::int32,
                                         "$numberInt must be a 32-bit whole number as a string and stand alone");
        case Wrapper::int64:
            return integer<std::int64_t>(members, document, BsonType::int64,
                                         "$numberLong must be a 64-bit whole number as a string and stand alone");
        case Wrapper::real:
            return real(members, document);
        case Wrapper::decimal128:
            return decimal128(members, document);
        case Wrapper::date:
            return date(members, document, unwrapped_inside, dialect);
        case Wrapper::binary:
            return binary(members, document, dialect);
        case Wrapper::uuid:
            return uuid(members, document);
        case Wrapper::timestamp:
            return timestamp(members, document, unwrapped_inside);
        case Wrapper::regex:
            return regex(members, document);
        case Wrapper::code:
            return code(members, document);
        case Wrapper::symbol:
            if (!members.only_text()) return wrong("$symbol must be a string and stand alone");
            return bytes(document, BsonType::symbol, first.value);
        case Wrapper::db_pointer:
            return db_pointer(members, document);
        case Wrapper::min_key:
            return constant(members, BsonType::min_key, one, "$minKey must be 1 and stand alone");
        case Wrapper::max_key:
            return constant(members, BsonType::max_key, one, "$maxKey must be 1 and stand alone");
        case Wrapper::undefined:
            return constant(members, BsonType::undefined, first.type == BsonType::boolean && first.value[0] == 1,
                            "$undefined must be true and stand alone");
        case Wrapper::none:
            break;
    }
    return wrong("not a type wrapper");
}

}  // namespace bradawl::mongo
