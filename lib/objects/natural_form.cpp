#include "objects/natural_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "objects/value_text.hpp"

namespace bradawl::objects {

using Kind = Shape::Kind;

NaturalForm::NaturalForm(StreamState& state, java::Emitter& out, const java::Spelling& spelling, bool ids)
    : state_(state), out_(out), sink_(out, spelling), spelling_(spelling), ids_(ids) {}

void NaturalForm::begin_top() {
    frames_.clear();
    parts_.clear();
    put_ = true;
    again_ = false;
}

void NaturalForm::end_top() {
    if (std::exchange(again_, false)) throw Again{};
    if (put_) out_.end_record();
    pairs_.clear();
}

void NaturalForm::drop_top() {
    out_.drop_record();
}

/// The shape that an object's class gives it. One that a user's class with fields of its own inherits would hide them.
const Shape* NaturalForm::shape_of_object(std::uint32_t index) const {
    const Shape* found = nullptr;
    bool hides = false;
    for (; index != ClassDesc::none; index = state_.descs[index].super) {
        const ClassDesc& desc = state_.descs[index];
        if (found == nullptr) found = desc.shape;
        if (found == nullptr && !desc.fields.empty() && !desc.name.starts_with("java.")) hides = true;
        if (found == nullptr && desc.has(write_method) && !desc.name.starts_with("java.")) hides = true;
    }
    return found != nullptr && (!hides || found->kind == Kind::throwable) ? found : nullptr;
}

bool NaturalForm::is_own(const Frame& frame, std::uint32_t desc) const {
    return state_.descs[desc].shape == frame.shape;
}

void NaturalForm::put_key(Frame& frame, std::string_view key) {
    out_.put(frame.first ? key.substr(1) : key);
    frame.first = false;
}

/// The key of a field. One that a subclass has too is told apart by its class.
void NaturalForm::plain_key(Frame& frame, std::uint32_t desc, std::uint32_t index) {
    if (frame.desc == desc) return put_key(frame, state_.descs[desc].fields[index].key);
    put_key(frame, key_of(state_, frame.desc, desc, index));
}

void NaturalForm::field(std::uint32_t desc, std::uint32_t index) {
    Frame& frame = frames_.back();
    if (frame.look == Look::hidden) return;
    if (frame.look == Look::shaped) return shaped_field(frame, state_.descs[desc].fields[index], desc);
    plain_key(frame, desc, index);
    frame.slot = Slot::out;
}

void NaturalForm::shaped_field(Frame& frame, const ClassField& field, std::uint32_t desc) {
    frame.slot = Slot::nowhere;
    const bool own = is_own(frame, desc);
    switch (frame.shape->kind) {
        case Kind::pass:
        case Kind::keys:
        case Kind::single:
            if (!own || field.name != frame.shape->field || frame.open) return;
            frame.open = true;
            // What stands around this object now stands around that value.
            frame.slot =
                frame.shape->kind == Kind::single || frames_.size() < 2 ? Slot::out : frames_[frames_.size() - 2].slot;
            if (frame.slot == Slot::part) frame.part = frames_[frames_.size() - 2].part;
            return;
        case Kind::single_map:
            if (own && field.name == (frame.is_value ? "v" : "k") && (frame.is_value || !frame.open)) pair_item(frame);
            return;
        case Kind::vector:
            if (!own || field.name != "elementData" || frame.open) return;
            frame.slot = Slot::out;
            frame.open = true;
            return;
        case Kind::throwable:
            return throwable_field(frame, desc, static_cast<std::uint32_t>(&field - state_.descs[desc].fields.data()));
        case Kind::leaf:
            frame.slot = Slot::part;
            frame.part = field.name;
            return;
        default:
            return;
    }
}

void NaturalForm::throwable_field(Frame& frame, std::uint32_t desc, std::uint32_t index) {
    const std::string& name = state_.descs[desc].fields[index].name;
    frame.slot = Slot::out;
    if (!is_own(frame, desc)) return plain_key(frame, desc, index);
    put_key(frame, name == "cause"           ? ",\"cause\":"
                   : name == "detailMessage" ? ",\"message\":"
                   : name == "stackTrace"    ? ",\"stackTrace\":"
                                             : ",\"suppressed\":");
}

void NaturalForm::element(std::uint64_t index) {
    Frame& frame = frames_.back();
    if (frame.look == Look::hidden) return;
    frame.slot = index < frame.limit ? Slot::out : Slot::nowhere;
    if (index > 0 && index < frame.limit) out_.put(',');
}

void NaturalForm::item() {
    Frame& frame = frames_.back();
    if (frame.look == Look::hidden) return;
    if (frame.look == Look::shaped) return shaped_item(frame);
    open_data(frame);
    close_block(frame);
    if (!frame.first) out_.put(',');
    frame.first = false;
    frame.slot = Slot::out;
}

void NaturalForm::shaped_item(Frame& frame) {
    frame.slot = Slot::nowhere;
    const Kind kind = frame.shape->kind;
    if (kind == Kind::leaf) {
        frame.slot = Slot::part;
        frame.part = "$item";
    }
    if (!is_own(frame, frame.current)) return;
    const bool tail = (kind == Kind::tail_list || kind == Kind::tail_map) && !frame.ended;
    if (!tail && !frame.block_seen) return;
    const bool list = kind == Kind::list || kind == Kind::tail_list || frame.keys;
    if (list || (kind == Kind::collection_ser && frame.word != 3)) return list_item(frame);
    if (tail || kind == Kind::map || kind == Kind::collection_ser) pair_item(frame);
}

void NaturalForm::list_item(Frame& frame) {
    if (frame.keys && std::exchange(frame.is_value, !frame.is_value)) return;
    if (!frame.first) out_.put(',');
    frame.first = false;
    ++frame.length;
    frame.slot = Slot::out;
}

/// By the null behind its last element, in front of which a comma stands now.
void NaturalForm::end_list(Frame& frame) {
    if (frame.length > 1) out_.unput();
    frame.ended = true;
    frame.slot = Slot::nowhere;
}

/// A key, or its value.
void NaturalForm::pair_item(Frame& frame) {
    if (frame.is_value) out_.put(frame.pairs ? "," : "");
    frame.slot = frame.is_value ? Slot::out : Slot::key;
    if (!frame.is_value) return;
    frame.is_value = false;
}

void NaturalForm::open_map(Frame& frame, bool pairs) {
    frame.pairs = pairs || pairs_.contains(frame.handle);
    out_.put(frame.pairs ? '[' : '{');
    frame.open = true;
}

/// A scalar where a key belongs.
void NaturalForm::key_scalar(std::string_view json) {
    Frame& frame = frames_.back();
    if (frame.shape->kind == Kind::tail_map && json == "null") {
        frame.ended = true;
        frame.slot = Slot::nowhere;
        return;
    }
    const bool is_string = json.front() == '"';
    if (!frame.open) open_map(frame, !is_string);
    if (!frame.pairs && !is_string) not_a_key();
    if (!frame.first) out_.put(frame.pairs ? "]," : ",");
    frame.first = false;
    frame.is_value = true;
    if (frame.pairs) {
        out_.put('[');
        out_.put(json);
    } else {
        if (is_string) {
            out_.put(json);
        } else {
            out_.put(key_json(json));
        }
        out_.put(':');
    }
}

/// A key that no object can have, in a map that was begun as one. The content is read to its end all the same, so that
/// all such maps are known when it is read anew.
void NaturalForm::not_a_key() {
    if (out_.torn()) throw Again{};  // too late for that, which the reader says
    pairs_.insert(frames_.back().handle);
    again_ = true;
}

/// One JSON scalar, or a short array, into the slot that is open.
void NaturalForm::scalar(std::string_view json) {
    switch (slot()) {
        case Slot::out:
            return out_.put(json);
        case Slot::key:
            return key_scalar(json);
        case Slot::part:
            parts_.push_back({frames_.back().part, true, 0, std::string(json)});
            return;
        default:
            return;
    }
}

void NaturalForm::null() {
    if (slot() == Slot::out && !frames_.empty() && frames_.back().look == Look::shaped) {
        Frame& frame = frames_.back();
        const Kind kind = frame.shape->kind;
        if (kind == Kind::tail_list || (kind == Kind::tail_map && frame.keys)) return end_list(frame);
    }
    if (slot() != Slot::part) scalar("null");
}

void NaturalForm::string(std::uint32_t, const StringText& text) {
    string_value(text);
}

void NaturalForm::string_value(const StringText& text) {
    switch (slot()) {
        case Slot::out:
            return sink_.utf(text.bytes, text.n, text.plain, text.verdict);
        case Slot::key:
            return key_scalar(key_json({reinterpret_cast<const char*>(text.bytes), text.n}));
        case Slot::part:
            parts_.push_back({frames_.back().part, true, 0, {reinterpret_cast<const char*>(text.bytes), text.n}});
            return;
        default:
            return;
    }
}

void NaturalForm::known_string(std::uint32_t handle) {
    const Handle& known = state_.handles.at(handle);
    const std::string_view text = state_.handles.text(known.word, known.desc);
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const bool plain = java::plain_prefix(bytes, text.size()) == text.size();
    string_value({bytes, text.size(), plain, false,
                  plain ? java::Mutf8{text.size(), nullptr, true, false} : java::inspect_mutf8(bytes, text.size())});
}

std::string NaturalForm::boxed_json(const Handle& known) const {
    const std::uint64_t big_endian = __builtin_bswap64(known.word);
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(&big_endian);
    const schema::Kind kind = kind_of(static_cast<char>(known.type));
    std::string json;
    append_scalar(json, kind, bytes + 8 - schema::scalar_size(kind), spelling_.longs);
    return json;
}

void NaturalForm::reference(std::uint32_t handle) {
    if (slot() == Slot::nowhere) return;
    const Handle& known = state_.handles.at(handle);
    switch (known.kind) {
        case Known::string:
            return known_string(handle);
        case Known::constant:
            return known_string(static_cast<std::uint32_t>(known.word));
        case Known::boxed:
            return scalar(boxed_json(known));
        case Known::date: {
            InstantRoom room;
            return scalar(quoted_instant(room, static_cast<std::int64_t>(known.word)));
        }
        case Known::leaf:
            return scalar(std::string(state_.handles.text(known.word, known.desc)));
        case Known::desc:
        case Known::class_object:
            return class_object(handle, known.desc);
        default:
            break;
    }
    const bool self = !frames_.empty() && frames_.back().look == Look::shaped && frames_.back().handle == handle &&
                      frames_.back().shape->kind == Kind::throwable;
    if (self) return scalar("null");  // a throwable that is its own cause has none
    scalar(fmt::format("{{\"$ref\":{}}}", handle));
}

void NaturalForm::class_object(std::uint32_t, std::uint32_t desc) {
    if (slot() == Slot::nowhere) return;
    const ClassDesc& its = state_.descs[desc];
    scalar("{\"$class\":" + its.name_json + "}");
}

void NaturalForm::end_enumeration() {}

void NaturalForm::begin_exception() {
    frames_.clear();
    parts_.clear();
    out_.drop_record();
    put_ = true;
    again_ = false;
    out_.put("{\"$exception\":");
}

void NaturalForm::end_exception() {
    out_.put('}');
}

}  // namespace bradawl::objects
