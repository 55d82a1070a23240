#include <fmt/format.h>

#include <unordered_set>

#include "json/writer.hpp"
#include "objects/parser.hpp"
#include "objects/shape.hpp"
#include "objects/value_text.hpp"
#include "text/printable.hpp"

namespace bradawl::objects {

namespace {

constexpr std::uint32_t most_levels = 200;  // of a class hierarchy
constexpr std::uint32_t most_interfaces = 65535;

}  // namespace

schema::Kind kind_of(char type) {
    using schema::Kind;
    switch (type) {
        case 'B':
            return Kind::int8;
        case 'C':
            return Kind::char16;
        case 'D':
            return Kind::float64;
        case 'F':
            return Kind::float32;
        case 'I':
            return Kind::int32;
        case 'J':
            return Kind::int64;
        case 'S':
            return Kind::int16;
        default:
            return Kind::boolean;
    }
}

char element_type(std::string_view class_name) {
    constexpr std::string_view primitives = "BCDFIJSZ";
    if (class_name.size() < 2 || class_name[0] != '[') return 0;
    const char type = class_name[1];
    const bool primitive = class_name.size() == 2 && primitives.find(type) != std::string_view::npos;
    const bool of_objects = class_name.size() > 2 && (type == '[' || type == 'L');
    return primitive || of_objects ? type : '\0';
}

/// Reads what names a class: a description, or a reference to one. It is in desc_ once all that this pushes is done.
void Parser::desc_content() {
    const std::uint64_t offset = source_.offset();
    switch (static_cast<Tag>(peek("class description"))) {
        case Tag::null:
            source_.advance(1);
            desc_ = ClassDesc::none;
            if (form_.hears_descs()) tell_->null();
            return;
        case Tag::reference: {
            require(5, "reference");
            const std::uint32_t handle = java::load32(source_.at() + 1) - first_handle;
            source_.advance(5);
            if (handle >= state_.handles.size()) fail(offset, fmt::format("bad handle {:#x}", first_handle + handle));
            const Handle& known = state_.handles.at(handle);
            if (known.kind != Known::desc)
                fail(offset, fmt::format("handle {:#x} is no class description", first_handle + handle));
            desc_ = known.desc;
            if (!desc(desc_).complete) fail(offset, "a class description that is not complete yet");
            if (form_.hears_descs()) tell_->reference(handle);
            return;
        }
        case Tag::class_desc:
            return class_desc();
        case Tag::proxy_desc:
            return proxy_desc();
        case Tag::exception:
            return exception();
        default:
            fail(offset, fmt::format("0x{:02x} where a class description belongs", *source_.at()));
    }
}

std::string Parser::name() {
    const std::size_t n = take16("name");
    const std::uint64_t offset = source_.offset();
    if (!source_.ensure(n)) truncated("name", n);
    text(n, offset);
    std::string made(reinterpret_cast<const char*>(source_.at()), n);
    source_.advance(n);
    return made;
}

std::uint32_t Parser::begin_desc(ClassDesc&& made) {
    const auto index = static_cast<std::uint32_t>(state_.descs.size());
    desc_memory_ += sizeof(ClassDesc) + made.name.size() + made.name_json.size();
    made.handle = add({Known::desc, 0, 0, index, 0});
    state_.descs.push_back(std::move(made));
    return index;
}

void Parser::class_desc() {
    source_.advance(1);
    ClassDesc made;
    made.name = name();
    made.name_json = to_json(made.name);
    made.suid = static_cast<std::int64_t>(take64("class description"));
    const std::uint32_t index = begin_desc(std::move(made));
    ClassDesc& its = desc(index);
    const std::uint64_t offset = source_.offset();
    its.flags = take8("class description");
    if (its.has(serializable) && its.has(externalizable))
        fail(offset, "a class that is both Serializable and Externalizable");
    if (its.has(enumeration) && its.suid != 0) fail(offset, "an enum with a serialVersionUID");
    const std::uint16_t n = take16("class description");
    if (its.has(enumeration) && n > 0) fail(offset + 1, "an enum with fields");
    for (unsigned at = 0; at < n; ++at)
        class_field(its);
    finish_fields(its);
    its.shape = shape_of(its);
    its.own = state_.classes.find(its.name);
    its.settled = !its.has(write_method) || its.shape != nullptr || its.name.starts_with("java.");
    if (!its.settled) {
        const auto known = writings.find(its.name + ' ' + std::to_string(its.suid));
        if (known != writings.end()) its.writing = known->second;
    }
    open_desc(index);
}

void Parser::open_desc(std::uint32_t index) {
    if (++in_descs_ > limits_.depth && form_.hears_descs())
        fail(source_.offset(), fmt::format("nested deeper than {} (--max-depth)", limits_.depth));
    if (!form_.hears_descs()) tell_ = &silent_;
    tell_->begin_desc(index);
    push({Do::desc_end, 0, index});
    push({Do::desc_annotation, 0, index});
}

void Parser::class_field(ClassDesc& its) {
    constexpr std::string_view types = "BCDFIJSZL[";
    ClassField field;
    const std::uint64_t offset = source_.offset();
    field.type = static_cast<char>(take8("field"));
    if (types.find(field.type) == std::string_view::npos)
        fail(offset, fmt::format("0x{:02x} is no type of a field", static_cast<std::uint8_t>(field.type)));
    if (field.is_primitive() && its.primitives < its.fields.size()) fail(offset, "a primitive field behind others");
    field.name = name();
    field.kind = kind_of(field.type);
    if (field.is_primitive()) {
        ++its.primitives;
        its.bytes += static_cast<std::uint32_t>(schema::scalar_size(field.kind));
    } else {
        field.class_json = type_string();
    }
    desc_memory_ += sizeof(ClassField) + 2 * field.name.size() + field.class_json.size();
    if (desc_memory_ + state_.handles.memory() > limits_.memory)
        fail(offset, "too many classes to remember (--max-memory)");
    its.fields.push_back(std::move(field));
}

/// The string that names a field's class, as the full style shows it.
std::string Parser::type_string() {
    const std::uint64_t offset = source_.offset();
    const auto tag = static_cast<Tag>(peek("field"));
    if (tag == Tag::null) {
        source_.advance(1);
        return "null";
    }
    if (tag == Tag::reference) {
        const std::uint32_t handle = (require(5, "field"), java::load32(source_.at() + 1)) - first_handle;
        if (handle >= state_.handles.size() || state_.handles.at(handle).kind != Known::string)
            fail(offset, fmt::format("handle {:#x} is no string", first_handle + handle));
        source_.advance(5);
        return fmt::format("{{\"$ref\":{}}}", handle);
    }
    if (tag != Tag::string && tag != Tag::long_string) fail(offset, "the class of a field is named by no string");
    Form* const outer = std::exchange(tell_, &silent_);
    const Handle& known = state_.handles.at(string(tag));
    tell_ = outer;
    const std::string json = to_json(state_.handles.text(known.word, known.desc));
    return tag == Tag::string ? json : "{\"$longstring\":" + json + "}";
}

void Parser::finish_fields(ClassDesc& its) {
    std::unordered_set<std::string_view> names;
    for (ClassField& field : its.fields) {
        field.name_json = to_json(field.name);
        const bool plain = field.name_json.front() == '"';
        its.keyed = its.keyed && plain && names.insert(field.name).second;
        field.key = "," + key_json(field.name) + ":";
    }
}

void Parser::proxy_desc() {
    source_.advance(1);
    ClassDesc made;
    made.is_proxy = true;
    const std::uint32_t index = begin_desc(std::move(made));
    ClassDesc& its = desc(index);
    const std::uint64_t offset = source_.offset();
    const auto n = static_cast<std::int32_t>(take32("proxy"));
    if (n < 0 || static_cast<std::uint32_t>(n) > most_interfaces)
        fail(offset, fmt::format("a proxy of {} interfaces", n));
    its.name_json = "[";
    for (std::int32_t at = 0; at < n; ++at) {
        const std::string interface = name();
        its.name += (at > 0 ? "," : "") + interface;
        its.name_json += (at > 0 ? "," : "") + to_json(interface);
        desc_memory_ += 2 * interface.size();
        if (desc_memory_ > limits_.memory) fail(offset, "too many classes to remember (--max-memory)");
    }
    its.name_json += "]";
    open_desc(index);
}

void Parser::desc_annotation() {
    const auto tag = static_cast<Tag>(peek("end mark"));
    if (tag == Tag::block || tag == Tag::long_block) return block(tag);
    if (tag != Tag::end_block) {
        tell_->item();
        return content();
    }
    source_.advance(1);
    stack_.pop_back();
    tell_->desc_super();
    desc_content();
}

void Parser::end_desc(const Task& task) {
    ClassDesc& its = desc(task.desc);
    its.super = desc_;
    its.levels = desc_ == ClassDesc::none ? 1 : desc(desc_).levels + 1;
    if (its.levels > most_levels)
        fail(source_.offset(), fmt::format("a hierarchy of more than {} classes", most_levels));
    its.complete = true;
    tell_->end_desc();
    if (--in_descs_ == 0) tell_ = &form_;
    desc_ = task.desc;
}

}  // namespace bradawl::objects
