#include "mongo/bson_to_json.hpp"

#include <bson/bson.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>

#include "core/error.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"
#include "mongo/bson.hpp"
#include "text/base64.hpp"
#include "text/time.hpp"

namespace bradawl::mongo {
namespace {

constexpr std::size_t deepest_printed = 200;

// The first instant that RFC 3339 cannot write: year 10000.
constexpr std::int64_t end_of_years = 253402300800000;

bool is_utf8(std::string_view text) {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t at = 0;
    while (at < text.size()) {
        while (text.size() - at >= 8 && (load<std::uint64_t>(text.data() + at) & 0x8080808080808080ULL) == 0)
            at += 8;
        if (at == text.size()) break;
        const int length = json::utf8_sequence(bytes + at, text.size() - at);
        if (length <= 0) return false;
        at += static_cast<std::size_t>(length);
    }
    return true;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

// The shortest spelling that reads back the same, always with a point or an exponent, exponents as in 1.5E+18.
std::string_view spell(double value, char (&buffer)[48]) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    const double size = std::abs(value);
    char* const end = buffer + sizeof buffer;
    if (value == 0 || (size >= 1e-4 && size < 1e16)) {
        char* last = std::to_chars(buffer, end, value, std::chars_format::fixed).ptr;
        if (std::find(buffer, last, '.') == last) {
            std::memcpy(last, ".0", 2);
            last += 2;
        }
        return {buffer, static_cast<std::size_t>(last - buffer)};
    }
    char* const last = std::to_chars(buffer, end, value, std::chars_format::scientific).ptr;
    *std::find(buffer, last, 'e') = 'E';
    return {buffer, static_cast<std::size_t>(last - buffer)};
}

class Printer {
public:
    Printer(JsonForm form, std::string& out) : canonical_(form == JsonForm::canonical), writer_(out) {}

    void document(std::string_view bytes, PrintId print_id) {
        Depth depth(*this);
        writer_.begin_object();
        BsonCursor cursor(bytes);
        while (cursor.next()) {
            const BsonElement& element = cursor.element();
            if (print_id == PrintId::no && element.key == "_id") continue;
            writer_.key(utf8(element.key));
            value(element);
        }
        writer_.end_object();
    }

private:
    // Counts the levels, since foreign bytes may hold any number of them.
    struct Depth {
        explicit Depth(Printer& printer) : printer_(printer) {
            if (++printer_.depth_ > deepest_printed) throw Error(Fault::data, "malformed BSON: nested too deep");
        }
        ~Depth() { --printer_.depth_; }
        Depth(const Depth&) = delete;
        Depth& operator=(const Depth&) = delete;
        Printer& printer_;
    };

    static std::string_view utf8(std::string_view text) {
        if (!is_utf8(text)) throw Error(Fault::data, "malformed BSON: a text is not UTF-8");
        return text;
    }

    void array(std::string_view bytes) {
        Depth depth(*this);
        writer_.begin_array();
        BsonCursor cursor(bytes);
        while (cursor.next()) {
            utf8(cursor.element().key);
            value(cursor.element());
        }
        writer_.end_array();
    }

    void value(const BsonElement& element) {
        const char* const at = element.value.data();
        switch (element.type) {
            case BsonType::string:
                writer_.string(utf8(element.text()));
                break;
            case BsonType::int32:
                integer("$numberInt", load<std::int32_t>(at));
                break;
            case BsonType::int64:
                integer("$numberLong", load<std::int64_t>(at));
                break;
            case BsonType::boolean:
                writer_.boolean(*at != 0);
                break;
            case BsonType::null:
                writer_.null();
                break;
            case BsonType::document:
                document(element.value, PrintId::yes);
                break;
            case BsonType::array:
                array(element.value);
                break;
            case BsonType::object_id:
                wrapped("$oid", hex(element.value));
                break;
            case BsonType::real:
                real(load<double>(at));
                break;
            case BsonType::date:
                date(load<std::int64_t>(at));
                break;
            default:
                rare(element);
        }
    }

    void rare(const BsonElement& element) {
        const char* const at = element.value.data();
        switch (element.type) {
            case BsonType::decimal128:
                decimal128(at);
                break;
            case BsonType::binary:
                binary(element.value);
                break;
            case BsonType::regex:
                regex(at);
                break;
            case BsonType::timestamp:
                timestamp(load<std::uint32_t>(at + 4), load<std::uint32_t>(at));
                break;
            case BsonType::code:
                wrapped("$code", utf8(element.text()));
                break;
            case BsonType::symbol:
                wrapped("$symbol", utf8(element.text()));
                break;
            case BsonType::code_with_scope:
                code_with_scope(element.value);
                break;
            case BsonType::db_pointer:
                db_pointer(element.value);
                break;
            case BsonType::undefined:
                constant("$undefined");
                break;
            case BsonType::min_key:
                constant("$minKey");
                break;
            case BsonType::max_key:
                constant("$maxKey");
                break;
            default:
                throw Error(Fault::internal, "a BSON type that cannot be printed");
        }
    }

    void wrapped(std::string_view key, std::string_view text) {
        writer_.begin_object();
        writer_.key(key);
        writer_.string(text);
        writer_.end_object();
    }

    void constant(std::string_view key) {
        writer_.begin_object();
        writer_.key(key);
        if (key == "$undefined") {
            writer_.boolean(true);
        } else {
            writer_.integer(1);
        }
        writer_.end_object();
    }

    void integer(std::string_view key, std::int64_t value) {
        if (!canonical_) return writer_.integer(value);
        char digits[24];
        const char* const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        wrapped(key, {digits, static_cast<std::size_t>(end - digits)});
    }

    void real(double value) {
        char buffer[48];
        const std::string_view spelling = spell(value, buffer);
        if (canonical_ || !std::isfinite(value)) return wrapped("$numberDouble", spelling);
        writer_.raw(spelling);
    }

    void date(std::int64_t milliseconds) {
        writer_.begin_object();
        writer_.key("$date");
        if (canonical_ || milliseconds < 0 || milliseconds >= end_of_years) {
            wrapped("$numberLong", std::to_string(milliseconds));
        } else {
            const text::UnixTime time{std::chrono::milliseconds(milliseconds)};
            writer_.string(text::to_rfc3339(time, milliseconds % 1000 != 0));
        }
        writer_.end_object();
    }

    void decimal128(const char* at) {
        const bson_decimal128_t value{load<std::uint64_t>(at), load<std::uint64_t>(at + 8)};
        char text[BSON_DECIMAL128_STRING];
        bson_decimal128_to_string(&value, text);
        wrapped("$numberDecimal", text);
    }

    void binary(std::string_view value) {
        const std::string_view kind = value.substr(4, 1);
        std::string_view data = value.substr(5);
        if (kind[0] == 2) data.remove_prefix(4);  // the length once more
        writer_.begin_object();
        writer_.key("$binary");
        writer_.begin_object();
        writer_.key("base64");
        writer_.string(text::to_base64(data));
        writer_.key("subType");
        writer_.string(hex(kind));
        writer_.end_object();
        writer_.end_object();
    }

    void regex(const char* at) {
        const std::string_view pattern(at);
        const std::string options = sorted_options(at + pattern.size() + 1);
        writer_.begin_object();
        writer_.key("$regularExpression");
        writer_.begin_object();
        writer_.key("pattern");
        writer_.string(utf8(pattern));
        writer_.key("options");
        writer_.string(utf8(options));
        writer_.end_object();
        writer_.end_object();
    }

    void timestamp(std::uint32_t seconds, std::uint32_t count) {
        writer_.begin_object();
        writer_.key("$timestamp");
        writer_.begin_object();
        writer_.key("t");
        writer_.integer(seconds);
        writer_.key("i");
        writer_.integer(count);
        writer_.end_object();
        writer_.end_object();
    }

    void code_with_scope(std::string_view value) {
        const std::size_t size = load<std::uint32_t>(value.data() + 4);
        writer_.begin_object();
        writer_.key("$code");
        writer_.string(utf8(value.substr(8, size - 1)));
        writer_.key("$scope");
        document(value.substr(8 + size), PrintId::yes);
        writer_.end_object();
    }

    void db_pointer(std::string_view value) {
        writer_.begin_object();
        writer_.key("$dbPointer");
        writer_.begin_object();
        writer_.key("$ref");
        writer_.string(utf8(value.substr(4, value.size() - 4 - 1 - 12)));
        writer_.key("$id");
        wrapped("$oid", hex(value.substr(value.size() - 12)));
        writer_.end_object();
        writer_.end_object();
    }

    bool canonical_;
    json::Writer writer_;
    std::size_t depth_ = 0;
};

}  // namespace

void bson_to_json(std::string_view document, JsonForm form, PrintId print_id, std::string& out) {
    const std::size_t before = out.size();
    try {
        Printer(form, out).document(document, print_id);
    } catch (...) {
        out.resize(before);
        throw;
    }
}

}  // namespace bradawl::mongo
