#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "mongo/bson_to_json.hpp"
#include "mongo/byte_buffer.hpp"
#include "mongo/json_to_bson.hpp"

// What the tests of this room share: bytes written as hexadecimal digits, and the two conversions as functions.
namespace bradawl::mongo::test {

/// The bytes that `digits` write; spaces are passed over.
inline std::string from_hex(std::string_view digits) {
    std::string out;
    int high = -1;
    for (const char c : digits) {
        if (c == ' ') continue;
        const int value = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        if (high < 0) {
            high = value;
        } else {
            out += static_cast<char>(high * 16 + value);
            high = -1;
        }
    }
    return out;
}

inline std::string to_hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

/// The document as bytes, or `OFFSET: why` when it is refused.
inline std::string to_bson(std::string_view json, JsonDialect dialect = JsonDialect::extended) {
    ByteBuffer buffer;
    MadeDocument made;
    if (const auto problem = json_to_bson(json, dialect, buffer, made)) {
        return std::to_string(problem->offset) + ": " + problem->what;
    }
    return std::string(buffer.view(made.begin, made.size));
}

/// The text, or the error's.
inline std::string to_json(std::string_view bson, JsonForm form = JsonForm::canonical) {
    std::string out;
    try {
        bson_to_json(bson, form, PrintId::yes, out);
    } catch (const Error& error) {
        return error.text();
    }
    return out;
}

}  // namespace bradawl::mongo::test
