#include "record/scalar.hpp"

#include <algorithm>
#include <string>

#include "java/mutf8.hpp"

namespace bradawl::record {

char* put_char(char* out, std::uint16_t unit) noexcept {
    if (unit >= 0xd800 && unit < 0xe000) return java::put_uint(out, unit);
    std::uint8_t mutf8[3];
    std::size_t n = 0;
    if (unit != 0 && unit < 0x80) {
        mutf8[n++] = static_cast<std::uint8_t>(unit);
    } else if (unit < 0x800) {
        mutf8[n++] = static_cast<std::uint8_t>(0xc0 | unit >> 6);
        mutf8[n++] = static_cast<std::uint8_t>(0x80 | (unit & 0x3f));
    } else {
        mutf8[n++] = static_cast<std::uint8_t>(0xe0 | unit >> 12);
        mutf8[n++] = static_cast<std::uint8_t>(0x80 | (unit >> 6 & 0x3f));
        mutf8[n++] = static_cast<std::uint8_t>(0x80 | (unit & 0x3f));
    }
    *out++ = '"';
    out = java::mutf8_to_json(mutf8, n, out);
    *out++ = '"';
    return out;
}

}  // namespace bradawl::record
