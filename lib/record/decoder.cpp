#include "record/decoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "record/decoder_read.hpp"

namespace bradawl::record {

namespace {

/// Finds where records end and looks at nothing else.
struct BoundarySink : SilentSink {
    static constexpr bool checks = false;
};

}  // namespace

Decoder::Decoder(const schema::Schema& schema, java::Source& source, std::string input, const java::Limits& limits,
                 const DecodeOptions& options, schema::ObjectCodec* objects)
    : schema_(schema),
      source_(source),
      input_(std::move(input)),
      options_(options),
      walk_(schema, source, limits, options.strict, objects),
      trailer_(schema.trailer()) {
    if (options.header == HeaderForm::merge) require_mergeable(schema);
    if (!options.each) return;
    walk_.lines_to_skip = options.skip;
    walk_.lines_left = options.limit;
}

void Decoder::decode(java::Emitter& out, const java::Spelling& spelling) {
    JsonSink sink(out, spelling);
    read(sink, &out);
}

void Decoder::check() {
    SilentSink sink;
    read(sink, nullptr);
}

void Decoder::resume(std::uint64_t first_record, bool trailer) {
    resumed_ = true;
    records_ = first_record;
    if (!trailer) trailer_ = nullptr;
}

void Decoder::read_header(java::Emitter& out, const java::Spelling& spelling) {
    JsonSink sink(out, spelling);
    try {
        header(sink, &out);
    } catch (const java::Malformed& error) {
        out.drop_record();
        throw located(error);
    }
}

std::uint64_t Decoder::find_ends(const std::function<void(std::uint64_t)>& each) {
    std::uint64_t found = 0;
    BoundarySink sink;
    try {
        if (schema_.header() != nullptr) header(sink, nullptr);
        for (std::uint64_t begin = source_.offset(); another(); begin = source_.offset(), ++found) {
            walk_.record(schema_.record(), sink);
            if (source_.offset() == begin) break;
            each(source_.offset());
        }
    } catch (const java::Malformed&) {
        // The rest is for whoever reads it in earnest.
    }
    return found;
}

/// Whether a record follows, and not the trailer or the end.
bool Decoder::another() {
    if (trailer_ != nullptr) return source_.ensure(static_cast<std::size_t>(schema_.trailer_size) + 1);
    return !source_.at_end();
}

Error Decoder::located(const java::Malformed& error) const {
    std::string where = part_ == nullptr ? fmt::format("record {}", records_) : part_;
    if (!walk_.where().empty()) where += ", " + walk_.where();
    return error.at_byte(input_, where);
}

std::string Decoder::path() const {
    const std::string path = walk_.path();
    const std::string part = part_ == nullptr ? fmt::format("[{}]", records_) : part_;
    return path.empty() ? part : part + "." + path;
}

void require_mergeable(const schema::Schema& schema) {
    if (schema.header() == nullptr) return;
    const auto visible = [](const schema::Field& field) { return field.shown && !field.hidden; };
    for (const schema::Field& one : schema.header()->fields) {
        for (const schema::Field& other : schema.record().fields) {
            if (one.name == other.name && visible(one) && visible(other))
                throw Error(Fault::usage,
                            "--header=merge: header and record both have a field '" + schema.names[one.name] + "'");
        }
    }
}

bool shows(const schema::Section& section) {
    return std::any_of(section.fields.begin(), section.fields.end(),
                       [](const schema::Field& field) { return field.shown && !field.hidden; });
}

}  // namespace bradawl::record
