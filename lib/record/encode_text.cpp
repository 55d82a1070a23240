#include <fmt/format.h>

#include "java/hex.hpp"
#include "java/mutf8.hpp"
#include "json/unescape.hpp"
#include "record/encoder.hpp"
#include "text/base64.hpp"

namespace bradawl::record {

using schema::Kind;
using schema::Value;

/// Takes `{"$TAG":"hex"}`, which stands for bytes that no JSON string can say.
bool Encoder::tagged(std::string_view tag, std::string& out) {
    if (!at_.take('{') || at_.peek() != '"') return false;
    const std::string_view name = at_.string().inside;
    if (name.empty() || name[0] != '$' || name.substr(1) != tag || !at_.take(':') || at_.peek() != '"') return false;
    return java::from_hex(at_.string().inside, out) && at_.take('}');
}

void Encoder::utf(bool capture) {
    constexpr std::size_t most = 65535;
    const char first = at_.peek();
    value_ = at_.at();
    const std::size_t begin = out_->size();
    out_->append(2, '\0');
    if (first == '"') {
        if (!java::json_to_mutf8(at_.string().inside, *out_)) refuse("utf");
    } else {
        if (!tagged("mutf8", *out_)) refuse("utf");
        const auto* const bytes = reinterpret_cast<const std::uint8_t*>(out_->data()) + begin + 2;
        if (java::inspect_mutf8(bytes, out_->size() - begin - 2).problem != nullptr) refuse("utf");
    }
    const std::size_t n = out_->size() - begin - 2;
    if (n > most) fail(fmt::format("a utf of {} bytes; Java's writeUTF takes at most {}", n, most));
    (*out_)[begin] = static_cast<char>(n >> 8);
    (*out_)[begin + 1] = static_cast<char>(n);
    if (capture) capture_text(begin + 2);
}

/// Types that take all of their region.
void Encoder::fill(Kind kind, bool capture) {
    at_.peek();
    value_ = at_.at();
    const std::size_t begin = out_->size();
    text(kind);
    fill_region();
    if (capture) capture_text(begin);
}

/// Keeps what was written from `begin` on for expressions. A copy: the bytes may move.
void Encoder::capture_text(std::size_t begin) {
    scratch_.assign(*out_, begin);
    captured_ = {Value::Kind::text, 0, scratch_};
}

void Encoder::text(Kind kind) {
    const bool string = *at_.at() == '"';
    if (!string) {
        const std::size_t begin = out_->size();
        const bool good = kind == Kind::str ? tagged("str", *out_) : kind == Kind::utf16 && tagged("utf16", *out_);
        const bool half = kind == Kind::utf16 && (out_->size() - begin) % 2 != 0;
        if (!good || half) refuse(name_of(kind));
        return;
    }
    const json::Cursor::Raw raw = at_.string();
    if (kind == Kind::str) {
        if (json::unescape(raw.inside, *out_, json::LoneSurrogate::refuse)) refuse("str (half of a surrogate pair)");
    } else if (kind == Kind::utf16) {
        if (!java::json_to_utf16(raw.inside, *out_)) refuse("utf16");
    } else if (kind == Kind::latin1) {
        std::string units;
        if (!java::json_to_utf16(raw.inside, units)) refuse("latin1");
        for (std::size_t at = 0; at < units.size(); at += 2) {
            if (units[at] != '\0') refuse("latin1 (a character beyond U+00FF)");
            *out_ += units[at + 1];
        }
    } else if (spelling_.bytes == java::BytesForm::hex) {
        if (!java::from_hex(raw.inside, *out_)) refuse("row of hex digits");
    } else {
        std::string plain;
        if (json::unescape(raw.inside, plain, json::LoneSurrogate::keep)) refuse("base64");
        const auto bytes = text::from_base64(plain);
        if (!bytes) refuse("base64");
        *out_ += *bytes;
    }
}

}  // namespace bradawl::record
