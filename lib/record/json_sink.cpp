#include "record/json_sink.hpp"

#include <algorithm>

#include "java/hex.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"
#include "schema/constant_bytes.hpp"

namespace bradawl::record {

namespace {

constexpr std::size_t piece = 510;  // of bytes, a multiple of three; six times as much JSON fits one reserve()

/// Hands the rest of the region to `take` in pieces.
template <class Take>
void each_piece(java::Source& source, Take take) {
    // Whole pieces while there are any, so that base64 goes on without padding.
    while (source.ensure(1)) {
        const auto whole = static_cast<std::size_t>(std::min<std::uint64_t>(piece, source.left()));
        const std::size_t n = source.ensure(whole) ? whole : source.at_hand();
        take(source.at(), n);
        source.advance(n);
    }
}

}  // namespace

void SilentSink::bytes(java::Source& source) {
    source.skip(java::Source::unknown);
}

void SilentSink::latin1(java::Source& source) {
    source.skip(java::Source::unknown);
}

void JsonSink::hex(const std::uint8_t* bytes, std::size_t n) {
    while (n > 0) {
        const std::size_t some = std::min(n, piece);
        out_.commit(java::put_hex(out_.reserve(2 * some), bytes, some));
        bytes += some;
        n -= some;
    }
}

void JsonSink::tagged_hex(std::string_view tag, std::string_view bytes) {
    out_.put("{\"$");
    out_.put(tag);
    out_.put("\":\"");
    hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    out_.put("\"}");
}

void JsonSink::long_utf(const std::uint8_t* bytes, std::size_t n, const java::Mutf8& verdict) {
    const bool faithful = verdict.problem == nullptr && verdict.canonical && !verdict.lone_surrogate;
    if (!faithful && spelling_.lossy_replace) {
        text_.clear();
        java::mutf8_to_json_lossy(bytes, n, text_);
        out_.put('"');
        out_.put(text_);
        return out_.put('"');
    }
    if (!faithful) return tagged_hex("mutf8", {reinterpret_cast<const char*>(bytes), n});
    out_.put('"');
    while (n > 0) {
        const std::size_t cut = n <= piece ? n : java::mutf8_cut(bytes, piece);
        out_.commit(java::mutf8_to_json(bytes, cut, out_.reserve(6 * cut)));
        bytes += cut;
        n -= cut;
    }
    out_.put('"');
}

void JsonSink::bytes(java::Source& source) {
    out_.put('"');
    each_piece(source, [&](const std::uint8_t* bytes, std::size_t n) {
        char* const out = out_.reserve(2 * n + 4);
        out_.commit(spelling_.bytes == java::BytesForm::hex ? java::put_hex(out, bytes, n)
                                                            : java::put_base64(out, bytes, n));
    });
    out_.put('"');
}

void JsonSink::constant(const schema::Field& field) {
    const bool encoded = spelling_.bytes == java::BytesForm::base64 && field.type->kind == schema::Kind::region &&
                         field.type->element->kind == schema::Kind::bytes;
    if (!encoded) return out_.put(field.constant_json);
    const std::string_view content = schema::constant_content(field);
    java::Source source({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
    bytes(source);
}

void JsonSink::latin1(java::Source& source) {
    out_.put('"');
    each_piece(source, [&](const std::uint8_t* bytes, std::size_t n) {
        text_.clear();
        for (std::size_t at = 0; at < n; ++at) {
            if (bytes[at] < 0x80) {
                text_ += static_cast<char>(bytes[at]);
            } else {
                text_ += static_cast<char>(0xc0 | bytes[at] >> 6);
                text_ += static_cast<char>(0x80 | (bytes[at] & 0x3f));
            }
        }
        std::string quoted;
        json::Writer(quoted).string(text_);
        out_.put(std::string_view(quoted).substr(1, quoted.size() - 2));
    });
    out_.put('"');
}

void JsonSink::str(std::string_view bytes) {
    const bool good = json::is_utf8(bytes);
    if (!good && !spelling_.lossy_replace) return tagged_hex("str", bytes);
    text_.clear();
    json::Writer writer(text_);
    if (good) {
        writer.string(bytes);
    } else {
        writer.foreign_string(bytes);
    }
    out_.put(text_);
}

void JsonSink::utf16(std::string_view bytes) {
    text_ = '"';
    const auto* const units = reinterpret_cast<const std::uint8_t*>(bytes.data());
    if (!java::utf16_to_json(units, bytes.size() / 2, text_)) return tagged_hex("utf16", bytes);
    out_.put(text_);
    out_.put('"');
}

}  // namespace bradawl::record
