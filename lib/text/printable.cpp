#include "text/printable.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace bradawl::text {

namespace {

/// Length of the well-formed UTF-8 sequence at the start of `bytes` (RFC 3629), or 0.
std::size_t sequence_length(std::string_view bytes) {
    const auto at = [&](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(bytes[i]); };
    const std::uint32_t lead = at(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xc0) != 0x80) return 0;
    }
    const bool overlong = (lead == 0xe0 && at(1) < 0xa0) || (lead == 0xf0 && at(1) < 0x90);
    const bool beyond = (lead == 0xed && at(1) > 0x9f) || (lead == 0xf4 && at(1) > 0x8f);
    const bool control = lead == 0xc2 && at(1) < 0xa0;  // C1 controls steer some terminals
    return overlong || beyond || control ? 0 : length;
}

std::string escaped(char c) {
    switch (c) {
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        case '\\':
            return "\\\\";
        default:
            return fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
}

}  // namespace

std::string printable(std::string_view bytes, std::size_t limit) {
    std::string out;
    std::size_t i = 0;
    while (i < bytes.size()) {
        const std::size_t length = sequence_length(bytes.substr(i));
        if (i + (length == 0 ? 1 : length) > limit) return out + "...";
        const auto c = static_cast<unsigned char>(bytes[i]);
        if (length == 0 || c < 0x20 || c == 0x7f || c == '\\') {
            out += escaped(bytes[i]);
            ++i;
        } else {
            out += bytes.substr(i, length);
            i += length;
        }
    }
    return out;
}

}  // namespace bradawl::text
