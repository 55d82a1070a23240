#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "java/decimal.hpp"
#include "java/options.hpp"
#include "record/codec.hpp"

/// Values of the schema language with their bytes and their JSON, written from its description and not from the room,
/// to hold the room against.
namespace bradawl::record::model {

/// This value cannot be: try another.
struct Unfit {};

/// What an expression sees.
struct Value {
    enum class Kind { none, integer, text, record, array };
    Kind kind = Kind::none;
    std::int64_t integer = 0;
    std::string text{};                                   ///< bytes as the wire has them
    std::vector<std::pair<std::string, Value>> inside{};  ///< members, or elements without names

    static Value of(std::int64_t number) { return {Kind::integer, number}; }
};

/// The names in sight, by the records around, the innermost last.
class Sight {
public:
    void open() { frames_.emplace_back(); }
    Value close() {
        Value record{Value::Kind::record};
        record.inside = std::move(frames_.back());
        frames_.pop_back();
        return record;
    }
    void bind(const std::string& name, Value value) { frames_.back().emplace_back(name, std::move(value)); }

    /// Errors: Unfit when there is none.
    const Value& find(std::string_view name) const {
        for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
            if (const Value* const found = member(*frame, name)) return *found;
        }
        throw Unfit{};
    }

    static const Value* member(const std::vector<std::pair<std::string, Value>>& members, std::string_view name) {
        for (auto at = members.rbegin(); at != members.rend(); ++at) {
            if (at->first == name) return &at->second;
        }
        return nullptr;
    }

private:
    std::vector<std::vector<std::pair<std::string, Value>>> frames_;
};

inline std::int64_t integer(const Value& value) {
    if (value.kind != Value::Kind::integer) throw Unfit{};
    return value.integer;
}

/// A value as decoding spells it, as encoding has to take it too, and its bytes.
struct Made {
    std::string json;
    std::string loose;
    std::string bytes;
    bool fills = false;  ///< takes all of its region, so nothing can stand behind it

    void both(std::string_view text) {
        json += text;
        loose += text;
    }
    void append(const Made& other) {
        if (fills && !other.bytes.empty()) throw Unfit{};
        json += other.json;
        loose += other.loose;
        bytes += other.bytes;
        fills = fills || other.fills;
    }
};

inline void put_big_endian(std::string& out, std::uint64_t bits, std::size_t size) {
    while (size-- > 0)
        out += static_cast<char>(bits >> (8 * size) & 0xff);
}

/// An integer type of fixed size.
struct Integer {
    const char* name;
    std::size_t size;
    bool is_signed;
};
inline constexpr Integer integers[] = {{"byte", 1, true}, {"ubyte", 1, false}, {"short", 2, true}, {"ushort", 2, false},
                                       {"i24", 3, true},  {"u24", 3, false},   {"int", 4, true},   {"uint", 4, false},
                                       {"long", 8, true}, {"ulong", 8, false}};

/// What `size` bytes of `bits` are as a number, which is its value in expressions.
inline std::int64_t narrowed(const Integer& type, std::uint64_t bits) {
    const auto shift = static_cast<unsigned>(64 - 8 * type.size);
    const std::uint64_t top = bits << shift;
    return type.is_signed ? static_cast<std::int64_t>(top) >> shift : static_cast<std::int64_t>(top >> shift);
}

/// Hadoop's WritableUtils.writeVLong, in its own words.
inline void put_vint(std::string& out, std::int64_t number) {
    if (number >= -112 && number <= 127) {
        out += static_cast<char>(number);
        return;
    }
    int length = -112;
    if (number < 0) {
        number ^= -1;
        length = -120;
    }
    for (std::int64_t rest = number; rest != 0; rest >>= 8)
        --length;
    out += static_cast<char>(length);
    length = length < -120 ? -(length + 120) : -(length + 112);
    for (int at = length; at != 0; --at)
        out += static_cast<char>(number >> (8 * (at - 1)) & 0xff);
}

inline void put_leb128(std::string& out, std::uint64_t bits) {
    while (bits >= 128) {
        out += static_cast<char>(bits % 128 + 128);
        bits /= 128;
    }
    out += static_cast<char>(bits);
}

inline std::string decimal(std::int64_t value, bool is_unsigned) {
    return is_unsigned ? std::to_string(static_cast<std::uint64_t>(value)) : std::to_string(value);
}

/// A 64-bit integer in JSON.
inline std::string wide(std::int64_t value, bool is_unsigned, java::LongForm form) {
    const std::string digits = decimal(value, is_unsigned);
    constexpr std::int64_t exact = 9007199254740992;
    const bool beyond = value > exact || (is_unsigned ? value < 0 : value < -exact);
    const bool quoted = form == java::LongForm::string || (form == java::LongForm::safe && beyond);
    return quoted ? "\"" + digits + "\"" : digits;
}

inline void put_utf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    constexpr int leads[] = {0, 0xc0, 0xe0, 0xf0};
    out += static_cast<char>(leads[more] | static_cast<int>(code >> (6 * more)));
    for (int at = more - 1; at >= 0; --at)
        out += static_cast<char>(0x80 | (code >> (6 * at) & 0x3f));
}

/// A character inside of a JSON string as this project writes it.
inline void put_character(std::string& out, std::uint32_t code) {
    constexpr std::string_view special = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t at = code < 0x80 ? special.find(static_cast<char>(code)) : std::string_view::npos;
    if (at != std::string_view::npos) {
        out += '\\';
        out += letters[at];
    } else if (code < 0x20) {
        out += "\\u00";
        out += codec::hex(std::string(1, static_cast<char>(code)));
    } else {
        put_utf8(out, code);
    }
}

/// A UTF-16 unit as an escape, which JSON allows for any.
inline void put_escaped(std::string& out, std::uint32_t unit, bool upper) {
    const char* const digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[unit >> shift & 15];
}

inline std::string tagged(std::string_view tag, std::string_view bytes) {
    return "{\"$" + std::string(tag) + "\":\"" + codec::hex(bytes) + "\"}";
}

}  // namespace bradawl::record::model
