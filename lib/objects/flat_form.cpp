#include "objects/flat_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "objects/read_own.hpp"
#include "objects/shape.hpp"
#include "objects/value_text.hpp"

namespace bradawl::objects {

namespace {

std::string hex_of(std::string_view bytes) {
    std::string quoted;
    append_bytes(quoted, bytes, java::BytesForm::hex);
    return quoted.substr(1, quoted.size() - 2);
}

/// Whether objects of a class have one primitive and nothing else.
bool holds_one_value(const StreamState& state, const ClassDesc& its) {
    if (its.flags != serializable || its.fields.size() != 1 || its.primitives != 1) return false;
    for (std::uint32_t super = its.super; super != ClassDesc::none; super = state.descs[super].super) {
        if (state.descs[super].flags != serializable || !state.descs[super].fields.empty()) return false;
    }
    return true;
}

}  // namespace

FlatForm::FlatForm(StreamState& state, java::Emitter& out, const java::Spelling& spelling, const java::Limits& limits)
    : state_(state), out_(out), spelling_(spelling), memory_(limits.memory) {}

void FlatForm::begin_top() {
    frames_.clear();
    row_bytes_ = 0;
    root_.clear();
    root_key_ = "{\"$root\":";
}

/// The rows of one content become visible together, so that they can be taken back together.
void FlatForm::end_top() {
    if (root_.empty()) return;
    out_.put(root_key_);
    out_.put(root_);
    out_.put('}');
    out_.end_record();
}

void FlatForm::drop_top() {
    out_.drop_record();
}

void FlatForm::value(std::string_view json) {
    if (frames_.empty()) {
        root_ = json;
        return;
    }
    frames_.back().row += json;
    row_bytes_ += json.size();
    if (row_bytes_ > memory_)
        throw Error(Fault::data, "rows that are not finished take too much memory (--max-memory)");
}

void FlatForm::comma(Frame& frame) {
    if (!std::exchange(frame.first, false)) frame.row += ',';
}

void FlatForm::field(std::uint32_t desc, std::uint32_t index) {
    Frame& frame = frames_.back();
    if (!frame.boxed) frame.row += key_of(state_, frame.desc, desc, index);
}

void FlatForm::element(std::uint64_t) {
    comma(frames_.back());
}

void FlatForm::open_data(Frame& frame) {
    if (frame.in_data) return;
    frame.row +=
        frame.data_before ? "," + key_json("$data:" + state_.descs[frame.current].name) + ":[" : ",\"$data\":[";
    frame.in_data = frame.data_before = frame.first = true;
}

void FlatForm::item() {
    Frame& frame = frames_.back();
    open_data(frame);
    if (std::exchange(frame.in_block, false)) frame.row += "\"}";
    comma(frame);
}

void FlatForm::null() {
    value("null");
}

void FlatForm::reference(std::uint32_t handle) {
    const Handle& known = state_.handles.at(handle);
    if (known.kind == Known::string) return value(to_json(state_.handles.text(known.word, known.desc)));
    if (known.kind == Known::leaf) return value(std::string(state_.handles.text(known.word, known.desc)));
    if (known.kind == Known::desc || known.kind == Known::class_object) return class_object(handle, known.desc);
    value(fmt::format("{{\"$ref\":{}}}", handle));
}

void FlatForm::string(std::uint32_t, const StringText& text) {
    value(to_json({reinterpret_cast<const char*>(text.bytes), text.n}));
}

void FlatForm::class_object(std::uint32_t, std::uint32_t desc) {
    value("{\"$class\":" + state_.descs[desc].name_json + "}");
}

FlatForm::Frame& FlatForm::begin_row(std::uint32_t handle, std::uint32_t desc) {
    Frame& frame = frames_.emplace_back();
    frame.handle = handle;
    frame.desc = desc;
    frame.row = fmt::format("{{\"$id\":{},\"$class\":{}", handle, state_.descs[desc].name_json);
    row_bytes_ += sizeof(Frame) + frame.row.size();
    if (row_bytes_ > memory_)
        throw Error(Fault::data, "rows that are not finished take too much memory (--max-memory)");
    return frame;
}

void FlatForm::end_row() {
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    row_bytes_ -= std::min<std::uint64_t>(row_bytes_, sizeof(Frame) + frame.row.size());
    out_.put(frame.row);
    out_.put("}\n");
    value(fmt::format("{{\"$ref\":{}}}", frame.handle));
}

void FlatForm::begin_enumeration(std::uint32_t handle, std::uint32_t desc) {
    begin_row(handle, desc).row += ",\"$enum\":";
}

void FlatForm::end_enumeration() {
    end_row();
}

void FlatForm::begin_object(std::uint32_t handle, std::uint32_t desc) {
    Frame& frame = begin_row(handle, desc);
    const ClassDesc& its = state_.descs[desc];
    frame.boxed = its.shape != nullptr && its.shape->kind == Shape::Kind::boxed && holds_one_value(state_, its);
    if (frame.boxed) frame.row.clear();
}

void FlatForm::begin_class(std::uint32_t desc) {
    frames_.back().current = desc;
}

void FlatForm::primitives(std::uint32_t desc, const std::uint8_t* bytes) {
    Frame& frame = frames_.back();
    const ClassDesc& its = state_.descs[desc];
    for (std::uint32_t at = 0; at < its.primitives; ++at) {
        field(desc, at);
        append_scalar(frame.row, its.fields[at].kind, bytes, spelling_.longs);
        bytes += schema::scalar_size(its.fields[at].kind);
    }
}

void FlatForm::begin_annotation() {
    if (frames_.empty()) root_key_ = "{\"$block\":";
}

void FlatForm::block(Tag, java::Source& source, std::uint64_t) {
    if (!frames_.empty()) {
        Frame& frame = frames_.back();
        open_data(frame);
        if (!std::exchange(frame.in_block, true)) {
            comma(frame);
            frame.row += "{\"$block\":\"";
        }
    } else if (root_.empty()) {
        root_ = "\"";
    }
    while (source.ensure(1)) {
        const std::string digits = hex_of({reinterpret_cast<const char*>(source.at()), source.at_hand()});
        source.advance(source.at_hand());
        if (frames_.empty()) {
            root_ += digits;
        } else {
            value(digits);
        }
    }
}

void FlatForm::end_annotation() {
    if (frames_.empty()) {
        root_ += '"';
        return;
    }
    Frame& frame = frames_.back();
    if (!frame.in_data) return;
    if (std::exchange(frame.in_block, false)) frame.row += "\"}";
    frame.row += ']';
    frame.in_data = false;
}

/// As in the natural style; objects in it have rows of their own.
void FlatForm::own_data(std::uint32_t desc, OwnData& data) {
    const bool top = frames_.empty();
    const bool bare = !top && state_.descs[desc].has(externalizable);
    java::Emitter text;
    record::JsonSink sink(text, spelling_);
    data.read(
        sink,
        [&](java::Emitter* out) {
            frames_.emplace_back();  // for the value to go to
            data.next_content();
            out->put(frames_.back().row);
            frames_.pop_back();
        },
        bare);
    if (top) {
        root_key_ = "{\"$record\":";
        return value(text.unfinished());
    }
    Frame& frame = frames_.back();
    if (bare) {
        if (!text.unfinished().empty()) frame.row += ',';
    } else {
        frame.row += frame.data_before ? "," + key_json("$data:" + state_.descs[desc].name) + ":" : ",\"$data\":";
        frame.data_before = true;
    }
    value(text.unfinished());
}

void FlatForm::end_object() {
    if (!frames_.back().boxed) return end_row();
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    Handle leaf{Known::leaf, 0, 0, static_cast<std::uint32_t>(frame.row.size()), 0};
    if (state_.handles.keep(frame.row, leaf.word)) state_.handles.at(frame.handle) = leaf;
    value(frame.row);
}

void FlatForm::begin_array(std::uint32_t handle, std::uint32_t desc, std::uint64_t) {
    Frame& frame = begin_row(handle, desc);
    frame.row += ",\"$array\":";
    if (state_.descs[desc].name.size() > 2) frame.row += '[';
}

void FlatForm::primitive_elements(java::Source& source, schema::Kind kind, std::uint64_t) {
    Frame& frame = frames_.back();
    const std::size_t size = schema::scalar_size(kind);
    if (kind == schema::Kind::int8) {
        std::string bytes;
        while (source.ensure(1)) {
            bytes.append(reinterpret_cast<const char*>(source.at()), source.at_hand());
            source.advance(source.at_hand());
            if (bytes.size() > memory_) throw Error(Fault::data, "an array takes too much memory (--max-memory)");
        }
        append_bytes(frame.row, bytes, spelling_.bytes);
        return value("");
    }
    frame.row += '[';
    for (bool first = true; source.ensure(size); first = false) {
        if (!first) frame.row += ',';
        const std::size_t before = frame.row.size();
        append_scalar(frame.row, kind, source.at(), spelling_.longs);
        source.advance(size);
        row_bytes_ += frame.row.size() - before;
        value("");
    }
    frame.row += ']';
}

void FlatForm::end_array() {
    Frame& frame = frames_.back();
    if (state_.descs[frame.desc].name.size() > 2) frame.row += ']';
    end_row();
}

void FlatForm::begin_exception() {
    frames_.clear();
    out_.drop_record();
    begin_top();
    root_key_ = "{\"$exception\":";
}

void FlatForm::end_exception() {}

}  // namespace bradawl::objects
