#include "json/scan_problem.hpp"

#include "json/utf8.hpp"

namespace bradawl::json {
namespace {

bool is_hex(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// What is wrong with the escape behind the backslash at `at`; with a null `what`, the offset behind it.
Problem escape_problem(std::string_view text, std::size_t at) noexcept {
    ++at;
    if (at == text.size()) return {at, nullptr};
    constexpr std::string_view letters = "\"\\/bfnrtu";
    if (letters.find(text[at]) == std::string_view::npos) return {at, "unknown escape in a string"};
    if (text[at++] != 'u') return {at, nullptr};
    for (const std::size_t end = at + 4; at < end && at < text.size(); ++at) {
        if (!is_hex(text[at])) return {at, "expected four hex digits after \\u"};
    }
    return {at, nullptr};
}

}  // namespace

Problem find_scan_problem(std::string_view text) noexcept {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t opening = text.size();  // of the string we are in
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const int length = utf8_sequence(bytes + at, text.size() - at);
        if (length <= 0) return {at, "malformed UTF-8"};
        if (inside && bytes[at] < 0x20) return {at, "unescaped control character in a string"};
        if (text[at] == '\\') {
            if (!inside) return {at, "backslash outside a string"};
            const Problem escape = escape_problem(text, at);
            if (escape.what != nullptr) return escape;
            at = escape.offset;
            continue;
        }
        if (text[at] == '"') {
            inside = !inside;
            opening = at;
        }
        at += static_cast<std::size_t>(length);
    }
    return {opening, "string without an end"};
}

}  // namespace bradawl::json
