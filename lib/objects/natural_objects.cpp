#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "java/hex.hpp"
#include "objects/natural_form.hpp"
#include "objects/read_own.hpp"
#include "objects/value_text.hpp"

namespace bradawl::objects {

using Kind = Shape::Kind;

namespace {

/// Shapes that are one JSON scalar, which is known at the end of the object only.
bool is_scalar(const Shape* shape) {
    switch (shape->kind) {
        case Kind::boxed:
        case Kind::atomic:
        case Kind::truth:
        case Kind::date:
        case Kind::leaf:
            return true;
        default:
            return false;
    }
}

/// Shapes that are what one of their fields is.
bool is_passing(const Shape* shape) {
    return shape->kind == Kind::pass || shape->kind == Kind::keys;
}

bool is_map(const Shape* shape) {
    return shape->kind == Kind::map || shape->kind == Kind::tail_map;
}

}  // namespace

/// Something with others inside begins: whether it is shown at all.
bool NaturalForm::begin_composite() {
    const Slot where = slot();
    if (where == Slot::nowhere || where == Slot::part) return false;
    if (where == Slot::out) return true;
    Frame& map = frames_.back();
    if (!map.open) open_map(map, true);
    if (!map.pairs) {
        not_a_key();
        map.slot = Slot::nowhere;  // too late for pairs, and nothing here could be a key
        key_scalar("\"?\"");
        return false;
    }
    if (!map.first) out_.put("],");
    out_.put('[');
    map.first = false;
    map.is_value = true;
    return true;
}

/// Whether the object that comes stands for a set.
bool NaturalForm::shows_keys() const {
    return !frames_.empty() && frames_.back().look == Look::shaped && frames_.back().shape->kind == Kind::keys;
}

void NaturalForm::begin_object(std::uint32_t handle, std::uint32_t desc) {
    Frame frame;
    frame.handle = handle;
    frame.desc = desc;
    frame.parts = parts_.size();
    frame.shape = shape_of_object(desc);
    frame.look = frame.shape == nullptr ? Look::plain : Look::shaped;
    frame.slot = Slot::nowhere;
    frame.keys = frame.shape != nullptr && is_map(frame.shape) && shows_keys();
    const bool passes = frame.shape != nullptr && (is_scalar(frame.shape) || is_passing(frame.shape));
    if (passes ? slot() == Slot::nowhere : !begin_composite()) frame.look = Look::hidden;
    if (frame.look != Look::hidden && !passes) {
        switch (frame.shape == nullptr ? Kind::leaf : frame.shape->kind) {
            case Kind::list:
            case Kind::tail_list:
            case Kind::single:
            case Kind::empty_list:
                out_.put('[');
                break;
            case Kind::map:
            case Kind::tail_map:
                if (frame.keys) out_.put('[');
                break;
            case Kind::collection_ser:
            case Kind::single_map:
            case Kind::vector:
                break;
            case Kind::throwable:
                out_.put("{\"$throwable\":");
                out_.put(state_.descs[desc].name_json);
                frame.first = false;
                break;
            default:
                out_.put('{');
                if (ids_ && frame.shape == nullptr) put_key(frame, fmt::format(",\"$id\":{}", handle));
        }
    }
    frames_.push_back(frame);
}

void NaturalForm::begin_class(std::uint32_t desc) {
    frames_.back().current = desc;
}

void NaturalForm::primitives(std::uint32_t desc, const std::uint8_t* bytes) {
    Frame& frame = frames_.back();
    const ClassDesc& its = state_.descs[desc];
    if (frame.look == Look::hidden || its.primitives == 0) return;
    const bool more = frame.look == Look::shaped && frame.shape->kind == Kind::throwable;
    if (frame.look == Look::shaped && !more) return shaped_primitives(frame, its, bytes);
    for (std::uint32_t at = 0; at < its.primitives; ++at) {
        plain_key(frame, desc, at);
        sink_.scalar(its.fields[at].kind, bytes);
        bytes += schema::scalar_size(its.fields[at].kind);
    }
}

void NaturalForm::shaped_primitives(Frame& frame, const ClassDesc& its, const std::uint8_t* bytes) {
    const bool own = its.shape == frame.shape;
    for (std::uint32_t at = 0; at < its.primitives; ++at) {
        const ClassField& field = its.fields[at];
        const auto value = record::load_scalar(field.kind, bytes);
        switch (frame.shape->kind) {
            case Kind::boxed:
            case Kind::atomic:
            case Kind::truth:
                if (own && field.name == "value") frame.word = static_cast<std::uint64_t>(value);
                break;
            case Kind::vector:
                if (own && field.name == "elementCount") frame.word = static_cast<std::uint64_t>(value);
                break;
            case Kind::collection_ser:
                if (!frame.open && field.name == "tag") frame.word = static_cast<std::uint64_t>(value) & 0xff;
                break;
            case Kind::leaf:
                parts_.push_back({field.name, false, value, {}});
                break;
            default:
                break;
        }
        bytes += schema::scalar_size(field.kind);
    }
}

void NaturalForm::open_data(Frame& frame) {
    if (frame.in_data) return;
    if (frame.data_before) {
        put_key(frame, "," + key_json("$data:" + state_.descs[frame.current].name) + ":");
    } else {
        put_key(frame, ",\"$data\":");
    }
    out_.put('[');
    frame.in_data = frame.data_before = true;
    frame.first = true;
}

void NaturalForm::close_block(Frame& frame) {
    if (!frame.in_block) return;
    out_.put("\"}");
    frame.in_block = false;
}

void NaturalForm::begin_annotation() {
    if (!frames_.empty()) {
        Frame& frame = frames_.back();
        const bool is_list = frame.look == Look::shaped && frame.shape->kind == Kind::collection_ser && frame.word != 3;
        if (is_list && !std::exchange(frame.open, true)) out_.put('[');
        return;
    }
    out_.put("{\"$block\":\"");
    top_block_ = true;
}

void NaturalForm::block(Tag, java::Source& source, std::uint64_t n) {
    const auto hex = [&] {
        while (source.ensure(1)) {
            const std::size_t some = std::min<std::size_t>(source.at_hand(), 1024);
            out_.commit(java::put_hex(out_.reserve(2 * some), source.at(), some));
            source.advance(some);
        }
    };
    if (frames_.empty()) return hex();
    Frame& frame = frames_.back();
    if (frame.look == Look::hidden) return;
    if (frame.look == Look::plain) {
        open_data(frame);
        if (!frame.in_block) {
            out_.put(frame.first ? "{\"$block\":\"" : ",{\"$block\":\"");
            frame.first = false;
            frame.in_block = true;
        }
        return hex();
    }
    frame.block_seen = frame.block_seen || is_own(frame, frame.current);
    if (frame.shape->kind == Kind::date && n >= 8 && source.ensure(8)) frame.word = java::load64(source.at());
    if (frame.shape->kind == Kind::leaf) {
        frame.part = "";
        part_bytes(source);
    }
}

/// The rest of the region as a part of the leaf in work.
void NaturalForm::part_bytes(java::Source& source) {
    constexpr std::size_t most = 1 << 20;
    Part part{frames_.back().part, true, 0, {}};
    while (part.text.size() < most && source.ensure(1)) {
        part.text.append(reinterpret_cast<const char*>(source.at()), source.at_hand());
        source.advance(source.at_hand());
    }
    const bool goes_on = part.name.empty() && parts_.size() > frames_.back().parts && parts_.back().name.empty();
    if (goes_on) {
        parts_.back().text += part.text;
    } else {
        parts_.push_back(std::move(part));
    }
}

void NaturalForm::end_annotation() {
    if (frames_.empty()) {
        if (top_block_) out_.put("\"}");
        top_block_ = false;
        return;
    }
    Frame& frame = frames_.back();
    if (frame.look != Look::plain || !frame.in_data) return;
    close_block(frame);
    out_.put(']');
    frame.in_data = false;
    frame.first = false;
}

/// An Externalizable's data are members of it like fields; what a class wrote beside its fields stands in `$data`.
void NaturalForm::own_data(std::uint32_t desc, OwnData& data) {
    const bool top = frames_.empty();
    if (!top && frames_.back().look != Look::plain) return data.pass();
    const bool bare = !top && state_.descs[desc].has(externalizable);
    const std::uint64_t before = out_.size();
    if (bare && !frames_.back().first) out_.put(',');
    if (!top && !bare) {
        Frame& frame = frames_.back();
        put_key(frame, frame.data_before ? "," + key_json("$data:" + state_.descs[desc].name) + ":" : ",\"$data\":");
        frame.data_before = true;
    }
    const std::uint64_t begun = out_.size();
    data.read(
        sink_,
        [&](java::Emitter*) {
            if (!top) frames_.back().slot = Slot::out;
            data.next_content();
        },
        bare);
    if (bare && out_.size() > begun) frames_.back().first = false;
    if (bare && out_.size() == begun && begun > before) out_.unput();
}

void NaturalForm::end_object() {
    const Frame frame = frames_.back();
    if (frame.look == Look::shaped && !is_scalar(frame.shape)) close_shaped(frames_.back());
    frames_.pop_back();
    if (frame.look == Look::plain) out_.put('}');
    if (frame.look == Look::shaped && is_scalar(frame.shape)) end_scalar_object(frame);
    if (frame.look == Look::shaped && is_passing(frame.shape) && !frame.open) null();
    // A part that a pass-through inside of a leaf put stays; what else was collected is done with.
}

void NaturalForm::close_shaped(Frame& frame) {
    switch (frame.shape->kind) {
        case Kind::list:
        case Kind::tail_list:
        case Kind::single:
        case Kind::empty_list:
            return out_.put(']');
        case Kind::empty_map:
            return out_.put('}');
        case Kind::throwable:
            return out_.put('}');
        case Kind::vector:
            if (!frame.open) out_.put("[]");
            return;
        case Kind::collection_ser:
            if (frame.word != 3) return out_.put(frame.open ? "]" : "[]");
            [[fallthrough]];
        case Kind::map:
        case Kind::tail_map:
        case Kind::single_map:
            if (frame.keys) return out_.put(']');
            if (frame.is_value) out_.put(frame.pairs ? ",null" : "null");
            if (!frame.open) return out_.put("{}");
            return out_.put(frame.pairs ? "]]" : "}");
        default:
            return;
    }
}

/// What a scalar object is goes into the slot around it, and is kept for references to it.
void NaturalForm::end_scalar_object(const Frame& frame) {
    Handle& known = state_.handles.at(frame.handle);
    const ClassDesc& its = state_.descs[frame.desc];
    const Kind kind = frame.shape->kind;
    if (kind == Kind::date) {
        known.kind = Known::date;
        known.word = frame.word;
        InstantRoom room;
        return scalar(quoted_instant(room, static_cast<std::int64_t>(frame.word)));
    }
    if (kind == Kind::truth) return scalar(frame.word != 0 ? "true" : "false");
    if (kind != Kind::leaf) {
        const ClassDesc& owner =
            its.shape == frame.shape || its.super == ClassDesc::none ? its : state_.descs[its.super];
        const char type = owner.primitives > 0 ? owner.fields[0].type : 'I';
        const Handle boxed{Known::boxed, static_cast<std::uint8_t>(type), 0, known.desc, frame.word};
        if (kind == Kind::boxed) known = boxed;
        if (slot() != Slot::out) return scalar(boxed_json(boxed));
        const std::uint64_t big_endian = __builtin_bswap64(frame.word);
        const schema::Kind primitive = kind_of(type);
        return sink_.scalar(primitive,
                            reinterpret_cast<const std::uint8_t*>(&big_endian) + 8 - schema::scalar_size(primitive));
    }
    auto json = make_leaf(frame.shape->name, parts_, frame.parts);
    if (!json) json = "{\"$class\":" + its.name_json + "}";
    parts_.resize(frame.parts);
    Handle leaf{Known::leaf, 0, 0, static_cast<std::uint32_t>(json->size()), 0};
    if (state_.handles.keep(*json, leaf.word)) known = leaf;
    scalar(*json);
}

void NaturalForm::begin_array(std::uint32_t handle, std::uint32_t desc, std::uint64_t) {
    Frame frame;
    frame.handle = handle;
    frame.desc = desc;
    frame.look = Look::array;
    const bool of_objects = state_.descs[desc].name.size() > 2;
    if (slot() == Slot::part) {
        frame.look = Look::hidden;
        frame.slot = of_objects ? Slot::nowhere : Slot::part;
        if (!of_objects) frame.part = frames_.back().part;
    } else if (!begin_composite()) {
        frame.look = Look::hidden;
        frame.slot = Slot::nowhere;
    } else {
        if (!frames_.empty() && frames_.back().look == Look::shaped && frames_.back().shape->kind == Kind::vector)
            frame.limit = frames_.back().word;
        if (of_objects) out_.put('[');
    }
    frame.parts = parts_.size();
    frames_.push_back(frame);
}

void NaturalForm::primitive_elements(java::Source& source, schema::Kind kind, std::uint64_t n) {
    const Frame& frame = frames_.back();
    if (frame.slot == Slot::part) return part_bytes(source);
    if (frame.look == Look::hidden) return;
    if (kind == schema::Kind::int8) return sink_.bytes(source);
    if (kind == schema::Kind::char16 && n <= java::Source::longest_piece / 2) return characters(source);
    number_elements(source, kind, n);
}

/// Characters as a string, or as numbers when half of a surrogate pair is among them.
void NaturalForm::characters(java::Source& source) {
    const auto n = static_cast<std::size_t>(source.left());
    if (!source.ensure(n)) return;  // the parser tells of it
    text_ = '"';
    if (!java::utf16_to_json(source.at(), n / 2, text_)) return number_elements(source, schema::Kind::uint16, n / 2);
    out_.put(text_);
    out_.put('"');
}

void NaturalForm::number_elements(java::Source& source, schema::Kind kind, std::uint64_t n) {
    const std::size_t size = schema::scalar_size(kind);
    out_.put('[');
    for (std::uint64_t at = 0; at < n;) {
        const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(n - at, record::JsonSink::most_scalars));
        if (!source.ensure(some * size)) return;  // the parser tells of it
        sink_.scalars(kind, source.at(), some, at == 0);
        if (at > 0) (void)at;
        source.advance(some * size);
        at += some;
    }
    out_.put(']');
}

void NaturalForm::end_array() {
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.look == Look::array && state_.descs[frame.desc].name.size() > 2) out_.put(']');
}

}  // namespace bradawl::objects
