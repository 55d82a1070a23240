#include "json/unescape.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace bradawl::json {
namespace {

constexpr const char* malformed = "malformed escape in a string";

// The value of a hex digit; 0xff for what is none.
constexpr std::array<std::uint8_t, 256> hex_values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(0xff);
    for (unsigned i = 0; i < 10; ++i)
        table['0' + i] = static_cast<std::uint8_t>(i);
    for (unsigned i = 0; i < 6; ++i)
        table['a' + i] = table['A' + i] = static_cast<std::uint8_t>(10 + i);
    return table;
}();

// What a letter behind a backslash stands for; 0 for u and for what may not stand there.
constexpr std::array<char, 256> letters = [] {
    std::array<char, 256> table{};
    table['"'] = '"';
    table['\\'] = '\\';
    table['/'] = '/';
    table['b'] = '\b';
    table['f'] = '\f';
    table['n'] = '\n';
    table['r'] = '\r';
    table['t'] = '\t';
    return table;
}();

// The unit of the \uXXXX at `at`; over 0xffff when there is none.
std::uint32_t unit_at(const char* at, const char* end) noexcept {
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return 0x10000;
    std::uint32_t unit = 0;
    std::uint32_t seen = 0;
    for (int i = 2; i < 6; ++i) {
        const std::uint32_t value = hex_values.data()[static_cast<unsigned char>(at[i])];
        seen |= value;
        unit = unit << 4 | (value & 0x0f);
    }
    return seen < 0x10 ? unit : 0x10000;
}

char* put_utf8(char* out, std::uint32_t code) noexcept {
    const auto byte = [&out](std::uint32_t value) { *out++ = static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xc0 | code >> 6);
        byte(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        byte(0xe0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3f));
        byte(0x80 | (code & 0x3f));
    } else {
        byte(0xf0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3f));
        byte(0x80 | (code >> 6 & 0x3f));
        byte(0x80 | (code & 0x3f));
    }
    return out;
}

// Copies up to the next backslash or the end. `out` has room for all that is left.
void copy_plain(const char*& at, const char* end, char*& out) noexcept {
    if constexpr (std::endian::native == std::endian::little) {
        constexpr std::uint64_t ones = 0x0101010101010101ULL;
        while (end - at >= 8) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, at, 8);
            std::memcpy(out, &bytes, 8);  // what is too much is written over later
            const std::uint64_t zero_at_backslash = bytes ^ (ones * '\\');
            const std::uint64_t found = (zero_at_backslash - ones) & ~zero_at_backslash & (ones << 7);
            const int count = found == 0 ? 8 : std::countr_zero(found) / 8;
            at += count;
            out += count;
            if (found != 0) return;
        }
    }
    while (at != end && *at != '\\')
        *out++ = *at++;
}

// Decodes the \u escape at `at`. Returns null or what is wrong.
const char* decode_unit(const char*& at, const char* end, char*& out, LoneSurrogate lone) noexcept {
    std::uint32_t code = unit_at(at, end);
    if (code > 0xffff) return malformed;
    if ((code & 0xf800) == 0xd800) {
        const std::uint32_t second = code < 0xdc00 ? unit_at(at + 6, end) : 0x10000;
        if ((second & 0x1fc00) == 0xdc00) {
            code = 0x10000 + ((code & 0x3ff) << 10) + (second & 0x3ff);
            at += 6;
        } else if (lone == LoneSurrogate::refuse) {
            return "surrogate escape without its other half";
        } else if (lone == LoneSurrogate::replace) {
            code = 0xfffd;
        }
    }
    at += 6;
    out = put_utf8(out, code);
    return nullptr;
}

}  // namespace

std::optional<Problem> unescape(std::string_view raw, char*& out, LoneSurrogate lone) {
    const char* at = raw.data();
    const char* const end = at + raw.size();
    for (;;) {
        copy_plain(at, end, out);
        if (at == end) return std::nullopt;
        const char letter = end - at < 2 ? '\0' : at[1];
        if (const char plain = letters.data()[static_cast<unsigned char>(letter)]; plain != 0) {
            *out++ = plain;
            at += 2;
        } else if (const char* what = decode_unit(at, end, out, lone); what != nullptr) {
            return Problem{static_cast<std::size_t>(at - raw.data()), what};
        }
    }
}

std::optional<Problem> unescape(std::string_view raw, std::string& out, LoneSurrogate lone) {
    const std::size_t before = out.size();
    out.resize(before + raw.size());
    char* at = out.data() + before;
    const auto problem = unescape(raw, at, lone);
    out.resize(problem ? before : static_cast<std::size_t>(at - out.data()));
    return problem;
}

}  // namespace bradawl::json
