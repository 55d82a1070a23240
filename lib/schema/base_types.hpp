#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "schema/schema.hpp"

namespace bradawl::schema {

/// A type that the language knows by itself.
struct BaseName {
    const char* name;
    Kind kind;
    std::uint8_t size;  ///< bytes, where that is fixed
};

/// All of them, in the order of Kind.
inline constexpr std::array base_names{
    BaseName{"bool", Kind::boolean, 1},  BaseName{"byte", Kind::int8, 1},      BaseName{"ubyte", Kind::uint8, 1},
    BaseName{"short", Kind::int16, 2},   BaseName{"ushort", Kind::uint16, 2},  BaseName{"char", Kind::char16, 2},
    BaseName{"i24", Kind::int24, 3},     BaseName{"u24", Kind::uint24, 3},     BaseName{"int", Kind::int32, 4},
    BaseName{"uint", Kind::uint32, 4},   BaseName{"long", Kind::int64, 8},     BaseName{"ulong", Kind::uint64, 8},
    BaseName{"float", Kind::float32, 4}, BaseName{"double", Kind::float64, 8}, BaseName{"vint", Kind::vint, 0},
    BaseName{"varint", Kind::varint, 0}, BaseName{"zigzag", Kind::zigzag, 0},  BaseName{"utf", Kind::utf, 0},
    BaseName{"bytes", Kind::bytes, 0},   BaseName{"str", Kind::str, 0},        BaseName{"latin1", Kind::latin1, 0},
    BaseName{"utf16", Kind::utf16, 0},   BaseName{"none", Kind::none, 0},      BaseName{"object", Kind::object, 0},
};

/// The type called `name`, or null.
inline const BaseName* base_called(std::string_view name) {
    for (const BaseName& base : base_names) {
        if (base.name == name) return &base;
    }
    return nullptr;
}

}  // namespace bradawl::schema
