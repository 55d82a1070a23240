#pragma once

// Bodies of Walk's templates, for the sources that make one for a sink of theirs.
#include <utility>

#include "record/walk.hpp"
#include "record/walk_arrays.hpp"

namespace bradawl::record {

template <class Sink>
void Walk::record(const schema::Section& section, Sink& sink, std::string_view before, bool bare) {
    here_ = nullptr;
    depth_ = 0;
    empty_elements_ = 0;
    const bool kept = std::exchange(kept_, false);
    if (section.binds && !kept) scope_.open();
    if (!bare) sink.begin_record();
    if (!before.empty()) sink.raw(before);
    fields(section, sink, before.empty());
    if (!bare) sink.end_record();
    if (section.binds && !kept) scope_.close(false);
}

/// `first`: no field stands in front in the same JSON object.
template <class Sink>
void Walk::fields(const schema::Section& section, Sink& sink, bool first) {
    Here here{here_, nullptr, -1};
    here_ = &here;
    for (const schema::Step& step : Sink::shows ? section.steps : section.scan_steps) {
        const schema::Field& field = section.fields[step.first];
        here.field = &field;
        if (step.what == schema::Step::Do::run) {
            if (!source_.ensure(step.bytes)) [[unlikely]]
                cut_run(section, step, here);
            sink.run(section, step, source_.at(), first);
            source_.advance(step.bytes);
            first = false;
        } else if (step.what == schema::Step::Do::skip) {
            if (source_.ensure(step.bytes)) [[likely]] {
                source_.advance(step.bytes);
            } else {
                skip_plain(step.bytes, 1, field.type->kind);
            }
        } else if (!wanted(field)) {
            continue;
        } else if (step.what == schema::Step::Do::show) {
            first = show(field, sink, first) && first;
        } else {
            SilentSink silent;
            show(field, silent, true);
        }
    }
    here_ = here.outer;
}

/// Reads a field whose turn it is; whether nothing was put for it.
template <class Sink>
bool Walk::show(const schema::Field& field, Sink& sink, bool first) {
    const bool bare = field.type->transparent;
    if (!bare) sink.key(std::string_view(field.key).substr(0, field.key_length), first);
    if (field.constant) {
        constant(field);
        sink.constant(field);
        source_.advance(field.constant_bytes.size());
    } else {
        value(*field.type, sink, field.captured);
    }
    if (field.captured) bind(field);
    return bare;
}

template <class Sink>
void Walk::value(const schema::Type& type, Sink& sink, bool capture) {
    using schema::Kind;
    if (is_scalar(type.kind)) return scalar(type, sink, capture);
    switch (type.kind) {
        case Kind::utf:
            return utf(sink, capture);
        case Kind::array:
            return array(type, sink, capture);
        case Kind::region:
            return region(type, sink, capture);
        case Kind::record:
            return nested(type, sink, capture);
        case Kind::call:
            return call(type, sink, capture);
        case Kind::choice:
            return choice(type, sink, capture);
        case Kind::bits:
            return bits(type, sink, capture);
        case Kind::maybe:
            return maybe(type, sink, capture);
        case Kind::vint:
        case Kind::varint:
        case Kind::zigzag: {
            const std::int64_t number = variable(type.kind);
            sink.integer(number, type.kind == Kind::varint);
            captured_ = {schema::Value::Kind::integer, number, {}};
            return;
        }
        case Kind::object:
            captured_ = {};
            return object(sink);
        case Kind::none:
            captured_ = {};
            return sink.raw("null");
        default:
            return fill(type.kind, sink, capture);
    }
}

template <class Sink>
void Walk::scalar(const schema::Type& type, Sink& sink, bool capture) {
    const std::size_t size = schema::scalar_size(type.kind);
    require(size, type);
    if (strict_ && type.kind == schema::Kind::boolean) check_boolean(source_.at());
    sink.scalar(type.kind, source_.at());
    if (capture) {
        const bool real = type.kind == schema::Kind::float32 || type.kind == schema::Kind::float64;
        captured_ = {
            real ? schema::Value::Kind::none : schema::Value::Kind::integer, load_scalar(type.kind, source_.at()), {}};
    }
    source_.advance(size);
}

template <class Sink>
void Walk::bits(const schema::Type& type, Sink& sink, bool capture) {
    const std::size_t size = schema::scalar_size(type.carrier);
    require(size, type);
    auto left = static_cast<std::uint64_t>(load_scalar(type.carrier, source_.at())) << (64 - 8 * size);
    source_.advance(size);
    if (capture) scope_.open();
    sink.begin_record();
    bool first = true;
    for (const schema::BitField& bit : type.bit_fields) {
        const auto number = static_cast<std::int64_t>(left >> (64 - bit.width));
        left = bit.width == 64 ? 0 : left << bit.width;
        sink.bit(bit, number, first);
        if (capture && bit.captured) scope_.bind(bit.name, number);
        first = false;
    }
    sink.end_record();
    if (capture) scope_.close(true);
    captured_ = {schema::Value::Kind::record, 0, {}};
}

template <class Sink>
void Walk::call(const schema::Type& type, Sink& sink, bool capture) {
    const schema::Definition& definition = schema_.definitions[type.definition];
    enter_level();
    if (type.arguments.empty()) {
        value(*definition.type, sink, capture);
        --depth_;
        return;
    }
    std::int64_t arguments[schema::most_parameters];
    std::size_t n = 0;
    for (const schema::Expression* const argument : type.arguments)
        arguments[n++] = evaluate(*argument);
    scope_.open();
    for (std::size_t at = 0; at < n; ++at)
        scope_.bind(definition.parameters[at], arguments[at]);
    value(*definition.type, sink, capture);
    if (capture) {
        scope_.leave();
    } else {
        scope_.close(false);
    }
    --depth_;
}

template <class Sink>
void Walk::nested(const schema::Type& type, Sink& sink, bool capture) {
    enter_level();
    const bool binds = type.section.binds;
    if (binds) scope_.open();
    if (!type.transparent) sink.begin_record();
    fields(type.section, sink, true);
    if (!type.transparent) sink.end_record();
    if (binds) scope_.close(capture);
    captured_ = {binds && capture ? schema::Value::Kind::record : schema::Value::Kind::none, 0, {}};
    --depth_;
}

template <class Sink>
void Walk::choice(const schema::Type& type, Sink& sink, bool capture) {
    const schema::Type& chosen = *arm(type);
    if (!chosen.silent) return value(chosen, sink, capture);
    SilentSink silent;
    value(chosen, silent, capture);
    if (!type.transparent) sink.raw("null");
}

template <class Sink>
void Walk::maybe(const schema::Type& type, Sink& sink, bool capture) {
    require(1, type);
    const std::uint8_t present = *source_.at();
    if (present > 1)
        fail(source_.offset(), "expected the boolean 0 or 1 of an optional value, found " + std::to_string(present));
    source_.advance(1);
    captured_ = {};
    if (present == 0) return sink.raw("null");
    enter_level();
    value(*type.element, sink, capture);
    --depth_;
}

template <class Sink>
void Walk::region(const schema::Type& type, Sink& sink, bool capture) {
    const bool whole_input = type.extent.by == schema::Extent::By::rest && source_.left() == java::Source::unknown;
    if (whole_input) {
        enter_level();
        value(*type.element, sink, capture);
        --depth_;
        if (!source_.at_end()) fail(source_.offset(), "bytes are left over");
        return;
    }
    const std::uint64_t size = region_size(type.extent);
    const std::uint64_t outer = source_.enter(size);
    enter_level();
    value(*type.element, sink, capture);
    --depth_;
    const std::uint64_t left = source_.left();
    if (left != 0 && source_.at_end()) truncated(schema::name_of(type.element->kind), left);
    if (left != 0) fail(source_.offset(), "left over in the region: " + std::to_string(left) + " bytes");
    source_.leave(outer);
}

/// Types that take all of their region.
template <class Sink>
void Walk::fill(schema::Kind kind, Sink& sink, bool capture) {
    using schema::Kind;
    captured_ = {};
    const std::uint64_t size = source_.left();
    const std::uint64_t begin = source_.offset();
    if (!capture && kind == Kind::bytes) {
        sink.bytes(source_);
    } else if (!capture && (kind == Kind::latin1 || !Sink::shows)) {
        sink.latin1(source_);
    } else {
        const std::string_view text = collect();
        if (kind == Kind::bytes || kind == Kind::latin1) {
            java::Source again({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
            kind == Kind::bytes ? sink.bytes(again) : sink.latin1(again);
        } else {
            kind == Kind::utf16 ? sink.utf16(text) : sink.str(text);
        }
        captured_ = {schema::Value::Kind::text, 0, text};
    }
    const std::uint64_t got = source_.offset() - begin;
    if (size != java::Source::unknown && got < size) {
        where_ = path();
        fail(source_.offset(), "truncated " + std::string(schema::name_of(kind)) + ": size says " +
                                   std::to_string(size) + " bytes, " + std::to_string(got) + " left");
    }
    if (kind == Kind::utf16 && got % 2 != 0) fail(source_.offset(), "half a character at the end of utf16");
}

template <class Sink>
void Walk::utf(Sink& sink, bool capture) {
    if (!source_.ensure(2)) [[unlikely]]
        truncated("utf", 2);
    const std::size_t n = java::load16(source_.at());
    if (!source_.ensure(2 + n)) [[unlikely]]
        truncated("utf", 2 + n);
    const std::uint8_t* const bytes = source_.at() + 2;
    java::Mutf8 verdict{n, nullptr, true, false};
    const bool plain = !Sink::checks || java::plain_prefix(bytes, n) == n;
    if (!plain) {
        verdict = java::inspect_mutf8(bytes, n);
        const bool refused = verdict.problem != nullptr || (strict_ && !verdict.canonical);
        if (refused && !sink.lossy()) malformed_utf(bytes, verdict);
    }
    sink.utf(bytes, n, plain, verdict);
    if (capture) captured_ = {schema::Value::Kind::text, 0, {reinterpret_cast<const char*>(bytes), n}};
    source_.advance(2 + n);
}

template <class Sink>
void Walk::object(Sink& sink) {
    if (objects_ == nullptr) fail(source_.offset(), "object streams are not read here");
    try {
        objects_->decode(source_, sink.emitter());
        sink.end_object();
    } catch (const java::Malformed& error) {
        where_ = path();
        throw;
    }
}

}  // namespace bradawl::record
