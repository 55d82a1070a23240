#pragma once

// Bodies of Decoder's templates, for the sources that make one for a sink of theirs.
#include "record/decoder.hpp"
#include "record/walk_values.hpp"

namespace bradawl::record {

template <class Sink>
void Decoder::read(Sink& sink, java::Emitter* out) {
    try {
        sections(sink, out);
    } catch (const Enough&) {
        if (out != nullptr) out->drop_record();
    } catch (const java::Malformed& error) {
        if (out != nullptr) out->drop_record();
        throw located(error);
    }
}

template <class Sink>
void Decoder::sections(Sink& sink, java::Emitter* out) {
    if (schema_.header() != nullptr) header(sink, out);
    part_ = nullptr;
    while (shown_ < options_.limit && another())
        record(sink, out);
    if (trailer_ == nullptr || shown_ >= options_.limit) return;
    part_ = "trailer";
    const bool show = options_.header == HeaderForm::line && !options_.each && shows(*trailer_);
    if (!show) {
        SilentSink silent;
        return walk_.record(*trailer_, silent);
    }
    walk_.record(*trailer_, sink);
    if (out != nullptr) out->end_record();
}

template <class Sink>
void Decoder::header(Sink& sink, java::Emitter* out) {
    const schema::Section& section = *schema_.header();
    walk_.keep_next();
    const bool shown_before = resumed_ && options_.header == HeaderForm::line;
    if (options_.header == HeaderForm::drop || options_.each || shown_before || !shows(section)) {
        SilentSink silent;
        return walk_.record(section, silent);
    }
    const bool merge = options_.header == HeaderForm::merge && out != nullptr;
    walk_.record(section, sink, {}, merge);
    if (out == nullptr) return;
    if (!merge) return out->end_record();
    if (out->torn()) throw java::Malformed(source_.offset(), "a header too long to stand in every record");
    before_ = out->unfinished();
    out->drop_record();
}

template <class Sink>
void Decoder::record(Sink& sink, java::Emitter* out) {
    const std::uint64_t begin = source_.offset();
    if (!options_.each && records_ < options_.skip) {
        SilentSink silent;
        walk_.record(schema_.record(), silent);
    } else {
        walk_.record(schema_.record(), sink, before_, options_.each);
        if (out != nullptr && !options_.each) out->end_record();
        if (!options_.each) ++shown_;
    }
    if (source_.offset() == begin) throw java::Malformed(begin, "a record took no bytes, so there is no end to them");
    ++records_;
}

}  // namespace bradawl::record
