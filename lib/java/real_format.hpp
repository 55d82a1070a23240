#pragma once

#include <cstdint>

namespace bradawl::java {

/// The two formats of IEEE 754 that Java has.
struct FloatFormat {
    using Real = float;
    using Bits = std::uint32_t;
    static constexpr int size = 32;
    static constexpr Bits sign = 0x80000000;
    static constexpr Bits infinity = 0x7f800000;
    static constexpr Bits fraction = 0x007fffff;
    static constexpr Bits nan = 0x7fc00000;  ///< the one that Java writes
};
struct DoubleFormat {
    using Real = double;
    using Bits = std::uint64_t;
    static constexpr int size = 64;
    static constexpr Bits sign = 0x8000000000000000;
    static constexpr Bits infinity = 0x7ff0000000000000;
    static constexpr Bits fraction = 0x000fffffffffffff;
    static constexpr Bits nan = 0x7ff8000000000000;
};

}  // namespace bradawl::java
