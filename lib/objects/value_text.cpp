#include "objects/value_text.hpp"

#include "java/hex.hpp"
#include "java/mutf8.hpp"
#include "record/scalar.hpp"

namespace bradawl::objects {

namespace {

const std::uint8_t* raw(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string hex(std::string_view bytes) {
    std::string digits(2 * bytes.size(), '\0');
    java::put_hex(digits.data(), raw(bytes), bytes.size());
    return digits;
}

/// As a JSON string, or empty when none can say it.
std::string quoted(std::string_view mutf8) {
    const java::Mutf8 verdict = java::inspect_mutf8(raw(mutf8), mutf8.size());
    if (verdict.problem != nullptr || !verdict.canonical || verdict.lone_surrogate) return "";
    std::string out(6 * mutf8.size() + 2, '"');
    char* const end = java::mutf8_to_json(raw(mutf8), mutf8.size(), out.data() + 1);
    *end = '"';
    out.resize(static_cast<std::size_t>(end - out.data()) + 1);
    return out;
}

}  // namespace

std::string to_json(std::string_view mutf8) {
    std::string json = quoted(mutf8);
    return json.empty() ? "{\"$mutf8\":\"" + hex(mutf8) + "\"}" : json;
}

std::string key_json(std::string_view mutf8) {
    std::string json = quoted(mutf8);
    return json.empty() ? "\"$mutf8:" + hex(mutf8) + "\"" : json;
}

void append_scalar(std::string& out, schema::Kind kind, const std::uint8_t* bytes, java::LongForm form) {
    char text[java::longest_number];
    out.append(text, static_cast<std::size_t>(record::put_scalar(text, kind, bytes, form) - text));
}

void append_bytes(std::string& out, std::string_view bytes, java::BytesForm form) {
    const std::size_t before = out.size();
    const bool in_hex = form == java::BytesForm::hex;
    out.resize(before + (in_hex ? 2 * bytes.size() : (bytes.size() + 2) / 3 * 4) + 2, '"');
    char* const begin = out.data() + before + 1;
    in_hex ? java::put_hex(begin, raw(bytes), bytes.size()) : java::put_base64(begin, raw(bytes), bytes.size());
}

}  // namespace bradawl::objects
