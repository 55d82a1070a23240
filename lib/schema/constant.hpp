#pragma once

#include <cstdint>
#include <string>

namespace bradawl::schema {

/// Where in a schema's text something stands, counted from 1.
struct Place {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// A literal of the language.
struct Constant {
    enum class Kind : std::uint8_t { integer, real, text, boolean };
    Kind kind = Kind::integer;
    std::int64_t integer = 0;   ///< two's complement; of a boolean 0 or 1
    bool beyond_int64 = false;  ///< an integer from 2^63 up: `integer` holds its 64 bits
    double real = 0;
    std::string text;      ///< of a text: its characters, in UTF-8
    std::string spelling;  ///< as it stands in the schema
    Place place;
};

}  // namespace bradawl::schema
