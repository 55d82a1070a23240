#include "java/mutf8.hpp"

#include <algorithm>

#include "java/prefix.hpp"
#include "java/utf16_unit.hpp"

namespace bradawl::java {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

// Escapes a control character, the quote or the backslash (RFC 8259 section 7): up to six bytes.
char* put_escape(char* out, std::uint32_t c) noexcept {
    constexpr std::string_view shorthand = "\b\f\n\r\t\"\\";
    constexpr std::string_view letters = "bfnrt\"\\";
    *out++ = '\\';
    if (const std::size_t at = shorthand.find(static_cast<char>(c)); at != std::string_view::npos) {
        *out++ = letters[at];
        return out;
    }
    for (const char digit : {'u', '0', '0', static_cast<char>('0' + (c >> 4)), "0123456789abcdef"[c & 0xf]})
        *out++ = digit;
    return out;
}

// Four bytes of UTF-8.
char* put_pair(char* out, std::uint32_t high, std::uint32_t low) noexcept {
    const std::uint32_t code = 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
    for (const std::uint32_t byte :
         {0xf0 | code >> 18, 0x80 | (code >> 12 & 0x3f), 0x80 | (code >> 6 & 0x3f), 0x80 | (code & 0x3f)})
        *out++ = static_cast<char>(byte);
    return out;
}

// Any unit but half a pair.
char* put_single(char* out, std::uint32_t unit) noexcept {
    const bool escaped = unit < 0x80 && !PlainBytes::has(static_cast<std::uint8_t>(unit));
    return escaped ? put_escape(out, unit) : put_unit(out, unit);
}

// Reads the character at `at`, two units if they are a pair, and writes it. Returns false, having moved behind what it
// read but written nothing, where there is none that UTF-8 can say.
bool convert_character(const std::uint8_t*& at, const std::uint8_t* end, char*& out) noexcept {
    const UnitRead first = read_unit(at, static_cast<std::size_t>(end - at));
    at += first.size;
    if (first.problem != nullptr || is_low_surrogate(first.unit)) return false;
    if (!is_high_surrogate(first.unit)) {
        out = put_single(out, first.unit);
        return true;
    }
    if (at == end) return false;
    const UnitRead second = read_unit(at, static_cast<std::size_t>(end - at));
    if (second.problem != nullptr || !is_low_surrogate(second.unit)) return false;
    at += second.size;
    out = put_pair(out, first.unit, second.unit);
    return true;
}

}  // namespace

Mutf8 inspect_mutf8(const std::uint8_t* bytes, std::size_t n) noexcept {
    Mutf8 found{0, nullptr, true, false};
    bool open = false;  // the last unit is the first half of a pair
    while (found.valid != n) {
        const std::uint8_t* const at = bytes + found.valid;
        if (OneByteUnits::has(*at)) {
            found.lone_surrogate |= open;
            open = false;
            found.valid += prefix<OneByteUnits>(at, n - found.valid, Unkept{});
            continue;
        }
        const UnitRead read = read_unit(at, n - found.valid);
        found.problem = read.problem;
        if (read.problem != nullptr) break;
        found.canonical &= read.size == unit_size(read.unit);
        found.lone_surrogate |= open != is_low_surrogate(read.unit);
        open = is_high_surrogate(read.unit);
        found.valid += read.size;
    }
    found.lone_surrogate |= open;
    return found;
}

std::size_t plain_prefix(const std::uint8_t* bytes, std::size_t n) noexcept {
    return prefix<PlainBytes>(bytes, n, Unkept{});
}

std::size_t copy_plain(const std::uint8_t* bytes, std::size_t n, char* out) noexcept {
    return prefix<PlainBytes>(bytes, n, CopiedTo{out});
}

char* mutf8_to_json(const std::uint8_t* bytes, std::size_t n, char* out) noexcept {
    const std::uint8_t* const end = bytes + n;
    for (;;) {
        const std::size_t shared = prefix<SharedBytes>(bytes, static_cast<std::size_t>(end - bytes), CopiedTo{out});
        bytes += shared;
        out += shared;
        if (bytes == end) return out;
        convert_character(bytes, end, out);
    }
}

std::size_t mutf8_cut(const std::uint8_t* bytes, std::size_t n) noexcept {
    for (std::size_t back = 1; back <= std::min<std::size_t>(n, 2); ++back) {
        const std::uint8_t byte = bytes[n - back];
        if ((byte & 0xc0) == 0x80) continue;
        const std::size_t size = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : 3;
        if (size > back) n -= back;
        break;
    }
    const bool pair_open = n >= 3 && bytes[n - 3] == 0xed && (bytes[n - 2] & 0xf0) == 0xa0;
    return pair_open ? n - 3 : n;
}

void mutf8_to_json_lossy(const std::uint8_t* bytes, std::size_t n, std::string& out) {
    const std::uint8_t* const end = bytes + n;
    while (bytes != end) {
        const std::size_t plain = plain_prefix(bytes, static_cast<std::size_t>(end - bytes));
        out.append(reinterpret_cast<const char*>(bytes), plain);
        bytes += plain;
        if (bytes == end) return;
        char character[8];
        char* behind = character;
        const bool converted = convert_character(bytes, end, behind);
        out += converted ? std::string_view(character, static_cast<std::size_t>(behind - character)) : replacement;
    }
}

}  // namespace bradawl::java
