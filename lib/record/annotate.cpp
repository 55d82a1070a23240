#include "record/annotate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "record/decoder_read.hpp"

namespace bradawl::record {

namespace {

constexpr std::size_t bytes_shown = 8;
constexpr std::size_t most_kept = 1 << 20;

/// A line a value.
class AnnotateSink {
public:
    static constexpr bool shows = true;
    static constexpr bool checks = true;

    AnnotateSink(const Decoder& decoder, Tape& tape, java::Source& source, java::Emitter& out,
                 const java::Spelling& spelling)
        : decoder_(decoder),
          tape_(tape),
          source_(source),
          out_(out),
          value_(out, spelling),
          lossy_(spelling.lossy_replace),
          done_(source.offset()) {}

    bool lossy() const { return lossy_; }
    void begin_record() {}
    void end_record() { pass_size(source_.offset()); }
    void begin_array() {}
    void end_array() { pass_size(source_.offset()); }
    void element(bool first) {
        std::string path = decoder_.path();
        if (first) path.resize(path.rfind('['));  // a count is of the array
        if (source_.offset() > done_) size(source_.offset(), path);
    }
    void key(std::string_view, bool) { pass_size(source_.offset()); }

    void run(const schema::Section& section, const schema::Step& step, const std::uint8_t* bytes, bool) {
        const std::uint64_t begin = source_.offset();
        const std::uint8_t* at = bytes;
        for (std::uint32_t field = step.first; field < step.end; ++field) {
            // A run is told of with its first field's path.
            const schema::Kind kind = section.fields[field].type->kind;
            const std::uint64_t offset = begin + static_cast<std::uint64_t>(at - bytes);
            std::string path = decoder_.path();
            path.resize(path.rfind('.') + 1);
            const std::string_view key = section.fields[field].key;
            path += key.substr(2, section.fields[field].key_length - 4);
            columns(offset, offset + schema::scalar_size(kind), path, name_of(kind));
            value_.scalar(kind, at);
            out_.end_record();
            at += schema::scalar_size(kind);
        }
    }

    void scalar(schema::Kind kind, const std::uint8_t* bytes) {
        leaf(source_.offset(), source_.offset() + schema::scalar_size(kind), name_of(kind));
        value_.scalar(kind, bytes);
        out_.end_record();
    }

    void scalars(schema::Kind kind, const std::uint8_t* bytes, std::size_t n, bool) {
        const std::size_t size = schema::scalar_size(kind);
        const std::string array = decoder_.path();
        const std::string path = array.substr(0, array.rfind('['));
        if (source_.offset() > done_) this->size(source_.offset(), path);
        for (std::size_t at = 0; at < n; ++at) {
            const std::uint64_t offset = source_.offset() + at * size;
            columns(offset, offset + size, fmt::format("{}[{}]", path, decoder_.index() + at), name_of(kind));
            value_.scalar(kind, bytes + at * size);
            out_.end_record();
        }
    }

    void integer(std::int64_t value, bool is_unsigned) {
        leaf(done_, source_.offset(), "varint");
        value_.integer(value, is_unsigned);
        out_.end_record();
    }

    void bit(const schema::BitField& bit, std::int64_t value, bool) {
        const std::string_view name = std::string_view(bit.key).substr(2, bit.key.size() - 4);
        columns(done_, source_.offset(), fmt::format("{}.{}", decoder_.path(), name),
                fmt::format("{} bits", bit.width));
        value_.integer(value, true);
        out_.end_record();
    }

    void utf(const std::uint8_t* bytes, std::size_t n, bool plain, const java::Mutf8& verdict) {
        leaf(source_.offset(), source_.offset() + 2 + n, "utf");
        value_.utf(bytes, n, plain, verdict);
        out_.end_record();
    }

    void bytes(java::Source& source) { fill(source, "bytes", &JsonSink::bytes); }
    void latin1(java::Source& source) { fill(source, "latin1", &JsonSink::latin1); }

    void str(std::string_view text) {
        leaf(source_.offset() - text.size(), source_.offset(), "str");
        value_.str(text);
        out_.end_record();
    }
    void utf16(std::string_view text) {
        leaf(source_.offset() - text.size(), source_.offset(), "utf16");
        value_.utf16(text);
        out_.end_record();
    }
    void constant(const schema::Field& field) {
        leaf(source_.offset(), source_.offset() + field.constant_bytes.size(), name_of(field.type->kind));
        value_.constant(field);
        out_.end_record();
    }
    void raw(std::string_view json) {
        columns(done_, source_.offset(), decoder_.path(), "none");
        value_.raw(json);
        out_.end_record();
    }
    void end_line() {}

    /// Asked for in front of an object, which is then put as JSON.
    java::Emitter* emitter() {
        leaf(source_.offset(), source_.offset(), "object");
        return &out_;
    }
    void end_object() {
        done_ = source_.offset();
        out_.end_record();
    }

private:
    using Fill = void (JsonSink::*)(java::Source&);

    /// Of values that are read as they are shown, the bytes are seen after the fact.
    void fill(java::Source& source, const char* type, Fill show) {
        const std::uint64_t left = source.left();
        const std::uint64_t begin = &source == &source_ ? source.offset() : source_.offset() - left;
        source.ensure(std::min<std::uint64_t>(left, bytes_shown + 1));
        leaf(begin, left == java::Source::unknown ? begin + source.at_hand() : begin + left, type);
        (value_.*show)(source);
        done_ = source_.offset();
        out_.end_record();
    }

    /// A value from `begin` on; what stands between the last one and it is a size or a count.
    void leaf(std::uint64_t begin, std::uint64_t end, std::string_view type) {
        pass_size(begin);
        columns(begin, end, decoder_.path(), type);
    }

    void pass_size(std::uint64_t begin) {
        if (begin > done_) size(begin, decoder_.path());
    }

    /// What stands from the end of the last value to `end`.
    void size(std::uint64_t end, const std::string& path) {
        const std::string_view bytes = tape_.between(done_, end);
        columns(done_, end, path, "size");
        std::uint64_t number = 0;
        for (const char byte : bytes)
            number = number << 8 | static_cast<std::uint8_t>(byte);
        if (bytes.size() <= sizeof number) value_.integer(static_cast<std::int64_t>(number), true);
        out_.end_record();
    }

    void columns(std::uint64_t begin, std::uint64_t end, const std::string& path, std::string_view type) {
        const std::string_view bytes = tape_.between(begin, std::min(end, begin + bytes_shown));
        std::string hex;
        for (const char byte : bytes)
            hex += fmt::format("{:02x} ", static_cast<std::uint8_t>(byte));
        if (end > begin + bytes_shown) {
            hex += "..";
        } else if (!hex.empty()) {
            hex.pop_back();
        }
        out_.put(fmt::format("{:08x}  {:<26}  {:<24}  {:<7} ", begin, hex, path, type));
        done_ = std::max(done_, end);
    }

    const Decoder& decoder_;
    Tape& tape_;
    java::Source& source_;
    java::Emitter& out_;
    JsonSink value_;
    bool lossy_;
    std::uint64_t done_;  // offset behind what was shown last
};

}  // namespace

java::Source::Refill Tape::refill(bool keep) {
    if (!keep) return refill_;
    return [this](std::span<std::uint8_t> into) {
        const std::size_t got = refill_(into);
        kept_.append(reinterpret_cast<const char*>(into.data()), got);
        if (kept_.size() > 2 * most_kept) {  // bytes that no value has asked for, of one that is very long
            offset_ += kept_.size() - most_kept;
            kept_.erase(0, kept_.size() - most_kept);
        }
        return got;
    };
}

std::string_view Tape::between(std::uint64_t begin, std::uint64_t end) {
    if (begin < offset_ || end <= begin) return {};
    if (begin - offset_ > most_kept / 2) {
        const std::size_t gone = std::min<std::size_t>(begin - offset_, kept_.size());
        kept_.erase(0, gone);
        offset_ += gone;
    }
    const auto at = static_cast<std::size_t>(begin - offset_);
    return at >= kept_.size() ? std::string_view() : std::string_view(kept_).substr(at, end - begin);
}

void annotate(Decoder& decoder, Tape& tape, java::Source& source, java::Emitter& out, const java::Spelling& spelling) {
    AnnotateSink sink(decoder, tape, source, out, spelling);
    decoder.read(sink, nullptr);
}

}  // namespace bradawl::record
