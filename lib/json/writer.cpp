#include "json/writer.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "json/utf8.hpp"

namespace bradawl::json {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

bool is_plain(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

// How many bytes from the start need no escape.
std::size_t plain_size(const char* begin, const char* end) noexcept {
    const char* at = begin;
    if constexpr (std::endian::native == std::endian::little) {
        constexpr std::uint64_t ones = 0x0101010101010101ULL;
        // The lowest bit set here is right; bits above it may not be.
        const auto zeros = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes; };
        for (; end - at >= 8; at += 8) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, at, 8);
            const std::uint64_t control = (bytes - ones * 0x20) & ~bytes;
            const std::uint64_t found =
                (control | zeros(bytes ^ (ones * '"')) | zeros(bytes ^ (ones * '\\'))) & (ones << 7);
            if (found != 0) return static_cast<std::size_t>(at - begin + std::countr_zero(found) / 8);
        }
    }
    while (at != end && is_plain(*at))
        ++at;
    return static_cast<std::size_t>(at - begin);
}

void put_escape(std::string& out, char c) {
    constexpr std::string_view shorthand = "\b\f\n\r\t\"\\";
    constexpr std::string_view letters = "bfnrt\"\\";
    const std::size_t at = shorthand.find(c);
    if (at != std::string_view::npos) {
        const char escape[] = {'\\', letters[at]};
        out.append(escape, sizeof escape);
        return;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    const char escape[] = {'\\', 'u', '0', '0', c < 0x10 ? '0' : '1', digits[static_cast<unsigned char>(c) & 0x0f]};
    out.append(escape, sizeof escape);
}

void put_escaped(std::string& out, std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    for (;;) {
        const std::size_t count = plain_size(at, end);
        out.append(at, count);
        at += count;
        if (at == end) return;
        put_escape(out, *at++);
    }
}

// The length of the part of a malformed sequence that one U+FFFD stands for.
std::size_t malformed_size(const unsigned char* at, std::size_t size) noexcept {
    std::size_t length = 1;
    while (length < 4 && length < size && utf8_sequence(at, length + 1) < 0)
        ++length;
    return length;
}

}  // namespace

void Writer::begin(char c) {
    separate();
    out_.push_back(c);
    ++depth_;
    comma_ = false;
}

void Writer::end(char c) {
    out_.push_back(c);
    --depth_;
    comma_ = true;
}

void Writer::plain(std::string_view json) {
    separate();
    out_.append(json);
}

void Writer::quote(std::string_view utf8) {
    out_.push_back('"');
    put_escaped(out_, utf8);
    out_.push_back('"');
}

void Writer::key(std::string_view utf8) {
    separate();
    quote(utf8);
    out_.push_back(':');
    comma_ = false;
}

void Writer::string(std::string_view utf8) {
    separate();
    quote(utf8);
}

void Writer::foreign_string(std::string_view bytes) {
    separate();
    out_.push_back('"');
    const auto* const begin = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t good = 0;  // where the part that is not yet written begins
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t left = bytes.size() - at;
        if (const int length = utf8_sequence(begin + at, left); length > 0) {
            at += static_cast<std::size_t>(length);
            continue;
        }
        put_escaped(out_, bytes.substr(good, at - good));
        out_.append(replacement);
        at += malformed_size(begin + at, left);
        good = at;
    }
    put_escaped(out_, bytes.substr(good));
    out_.push_back('"');
}

void Writer::signed_integer(std::int64_t value) {
    char digits[24];
    plain({digits, std::to_chars(digits, digits + sizeof digits, value).ptr});
}

void Writer::unsigned_integer(std::uint64_t value) {
    char digits[24];
    plain({digits, std::to_chars(digits, digits + sizeof digits, value).ptr});
}

void Writer::real(double value, bool always_real) {
    if (!std::isfinite(value)) return null();
    char digits[40];
    const char* const end = std::to_chars(digits, digits + sizeof digits - 2, value).ptr;
    std::string_view spelling(digits, static_cast<std::size_t>(end - digits));
    if (always_real && spelling.find_first_of(".e") == std::string_view::npos) {
        std::memcpy(digits + spelling.size(), ".0", 2);
        spelling = {digits, spelling.size() + 2};
    }
    plain(spelling);
}

}  // namespace bradawl::json
