#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "java/emitter.hpp"
#include "java/mutf8.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "record/scalar.hpp"
#include "schema/schema.hpp"

namespace bradawl::record {

/// Hears a Walk and shows nothing: for checking, skipping and what is not selected. Also the list of what a sink has.
struct SilentSink {
    static constexpr bool shows = false;
    /// Text is looked at, not only passed over.
    static constexpr bool checks = true;
    /// Malformed text is shown as U+FFFD instead of refused.
    static constexpr bool lossy() { return false; }

    void begin_record() {}
    void end_record() {}
    void begin_array() {}
    void end_array() {}
    /// In front of every element.
    void element(bool) {}
    /// In front of a field's value.
    void key(std::string_view, bool) {}
    /// The fields of a step, all fixed-size scalars.
    void run(const schema::Section&, const schema::Step&, const std::uint8_t*, bool) {}
    void scalar(schema::Kind, const std::uint8_t*) {}
    void scalars(schema::Kind, const std::uint8_t*, std::size_t, bool) {}
    /// Of an integer of variable size, or of bits.
    void integer(std::int64_t, bool) {}
    /// `plain`: ASCII that needs no escape.
    void utf(const std::uint8_t*, std::size_t, bool, const java::Mutf8&) {}
    /// Everything to the end of the region.
    void bytes(java::Source& source);
    void latin1(java::Source& source);
    /// A whole text, of UTF-8 and of UTF-16.
    void str(std::string_view) {}
    void utf16(std::string_view) {}
    void bit(const schema::BitField&, std::int64_t, bool) {}
    /// A field whose bytes, which stand next in the source, are what they have to be.
    void constant(const schema::Field&) {}
    /// JSON as it is.
    void raw(std::string_view) {}
    void end_line() {}
    /// Where an object goes; null when it is not shown.
    java::Emitter* emitter() { return nullptr; }
    void end_object() {}
};

/// Puts what it hears as JSON.
class JsonSink {
public:
    static constexpr bool shows = true;
    static constexpr bool checks = true;

    JsonSink(java::Emitter& out, const java::Spelling& spelling) : out_(out), spelling_(spelling) {}

    bool lossy() const { return spelling_.lossy_replace; }
    void begin_record() { out_.put('{'); }
    void end_record() { out_.put('}'); }
    void begin_array() { out_.put('['); }
    void end_array() { out_.put(']'); }
    void element(bool first) {
        if (!first) out_.put(',');
    }
    void key(std::string_view key, bool first) { out_.put(first ? key.substr(1) : key); }

    void run(const schema::Section& section, const schema::Step& step, const std::uint8_t* bytes, bool first) {
        char* out = out_.reserve(step.room);
        for (std::uint32_t at = step.first; at < step.end; ++at) {
            const schema::Field& field = section.fields[at];
            out = put_key(out, field, first);
            first = false;
            const schema::Kind kind = field.type->kind;
            out = put_scalar(out, kind, bytes, spelling_.longs);
            bytes += schema::scalar_size(kind);
        }
        out_.commit(out);
    }

    void scalar(schema::Kind kind, const std::uint8_t* bytes) {
        out_.commit(put_scalar(out_.reserve(java::longest_number), kind, bytes, spelling_.longs));
    }

    /// Part of an array; at most most_scalars.
    static constexpr std::size_t most_scalars = java::Emitter::longest_piece / (java::longest_number + 1);
    void scalars(schema::Kind kind, const std::uint8_t* bytes, std::size_t n, bool first) {
        char* out = out_.reserve(n * (java::longest_number + 1));
        const std::size_t size = schema::scalar_size(kind);
        for (std::size_t at = 0; at < n; ++at) {
            *out = ',';
            out += first ? 0 : 1;
            first = false;
            out = put_scalar(out, kind, bytes, spelling_.longs);
            bytes += size;
        }
        out_.commit(out);
    }

    void integer(std::int64_t value, bool is_unsigned) {
        out_.commit(put_wide(out_.reserve(java::longest_number), value, is_unsigned, spelling_.longs));
    }

    void utf(const std::uint8_t* bytes, std::size_t n, bool plain, const java::Mutf8& verdict) {
        if (!plain || n > java::Emitter::longest_piece - 2) return long_utf(bytes, n, verdict);
        char* out = out_.reserve(n + 2);
        *out++ = '"';
        std::memcpy(out, bytes, n);
        out[n] = '"';
        out_.commit(out + n + 1);
    }

    void bytes(java::Source& source);
    void latin1(java::Source& source);
    void str(std::string_view bytes);
    void utf16(std::string_view bytes);
    void bit(const schema::BitField& bit, std::int64_t value, bool first) {
        key(bit.key, first);
        integer(value, true);
    }
    void constant(const schema::Field& field);
    void raw(std::string_view json) { out_.put(json); }

    /// Ends a line of an array whose elements are lines.
    void end_line() { out_.end_record(); }

    java::Emitter* emitter() { return &out_; }
    void end_object() {}

private:
    static char* put_key(char* out, const schema::Field& field, bool first) {
        const char* const key = field.key.data() + (first ? 1 : 0);
        const std::size_t length = field.key_length - (first ? 1U : 0U);
        if (length < 16) {
            std::memcpy(out, key, 15);
        } else {
            std::memcpy(out, key, length);
        }
        return out + length;
    }
    void long_utf(const std::uint8_t* bytes, std::size_t n, const java::Mutf8& verdict);
    void tagged_hex(std::string_view tag, std::string_view bytes);
    void hex(const std::uint8_t* bytes, std::size_t n);

    java::Emitter& out_;
    java::Spelling spelling_;
    std::string text_;
};

}  // namespace bradawl::record
