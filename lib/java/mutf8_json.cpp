#include <algorithm>

#include "java/mutf8.hpp"
#include "java/utf16_unit.hpp"
#include "json/unescape.hpp"
#include "json/utf8.hpp"

namespace bradawl::java {
namespace {

const std::uint8_t* bytes_of(const char* text) noexcept {
    return reinterpret_cast<const std::uint8_t*>(text);
}

void append_pair(std::string& out, const std::uint8_t* utf8) {
    const std::uint32_t code =
        (utf8[0] & 0x07U) << 18 | (utf8[1] & 0x3fU) << 12 | (utf8[2] & 0x3fU) << 6 | (utf8[3] & 0x3fU);
    char pair[6];
    char* const middle = put_unit(pair, 0xd800 | (code - 0x10000) >> 10);
    out.append(pair, put_unit(middle, 0xdc00 | (code & 0x3ff)));
}

// Appends what the escape at `at` stands for and moves behind it; false when it is none.
bool append_escaped(std::string& out, const char*& at, const char* end) {
    const std::size_t size = end - at > 1 && at[1] == 'u' ? 6 : 2;
    if (static_cast<std::size_t>(end - at) < size) return false;
    // Taken one by one, the escapes of a pair become two units of three bytes, which is just what Java writes.
    char unit[8];
    char* behind = unit;
    if (json::unescape({at, size}, behind, json::LoneSurrogate::keep)) return false;
    if (unit[0] == '\0') behind = put_unit(unit, 0);
    out.append(unit, behind);
    at += size;
    return true;
}

// As json_to_mutf8(), but on false `out` holds what was appended so far.
bool append_mutf8(std::string_view raw, std::string& out) {
    const char* at = raw.data();
    const char* const end = at + raw.size();
    const char* kept = at;  // from here to `at` the bytes are the same in modified UTF-8
    while (at != end) {
        const auto left = static_cast<std::size_t>(end - at);
        if (static_cast<unsigned char>(*at) < 0x80) {
            const std::size_t plain = plain_prefix(bytes_of(at), left);
            at += plain;
            if (plain != 0) continue;
            if (*at != '\\') return false;
            out.append(kept, at);
            if (!append_escaped(out, at, end)) return false;
            kept = at;
        } else {
            const int size = json::utf8_sequence(bytes_of(at), left);
            if (size <= 0) return false;
            at += size;
            if (size < 4) continue;
            out.append(kept, at - 4);
            append_pair(out, bytes_of(at - 4));
            kept = at;
        }
    }
    out.append(kept, end);
    return true;
}

}  // namespace

bool json_to_mutf8(std::string_view raw, std::string& out) {
    const std::size_t before = out.size();
    if (append_mutf8(raw, out)) return true;
    out.resize(before);
    return false;
}

bool utf16_to_json(const std::uint8_t* bytes, std::size_t n, std::string& out) {
    const auto unit_at = [bytes](std::size_t i) { return std::uint32_t{bytes[2 * i]} << 8 | bytes[2 * i + 1]; };
    const std::size_t before = out.size();
    constexpr std::size_t most = 256;
    char mutf8[3 * most];
    char text[6 * sizeof mutf8];
    for (std::size_t done = 0; done != n;) {
        std::size_t count = std::min(n - done, most);
        if (done + count != n && is_high_surrogate(unit_at(done + count - 1))) --count;  // a pair stays together
        char* end = mutf8;
        for (std::size_t i = 0; i < count; ++i)
            end = put_unit(end, unit_at(done + i));
        const auto size = static_cast<std::size_t>(end - mutf8);
        if (inspect_mutf8(bytes_of(mutf8), size).lone_surrogate) {
            out.resize(before);
            return false;
        }
        out.append(text, mutf8_to_json(bytes_of(mutf8), size, text));
        done += count;
    }
    return true;
}

bool json_to_utf16(std::string_view raw, std::string& out) {
    std::string mutf8;
    if (!json_to_mutf8(raw, mutf8)) return false;
    const std::uint8_t* at = bytes_of(mutf8.data());
    const std::uint8_t* const end = at + mutf8.size();
    while (at != end) {
        const UnitRead read = read_unit(at, static_cast<std::size_t>(end - at));
        out += static_cast<char>(read.unit >> 8);
        out += static_cast<char>(read.unit & 0xff);
        at += read.size;
    }
    return true;
}

}  // namespace bradawl::java
