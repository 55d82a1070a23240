#include "objects/parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/printable.hpp"

namespace bradawl::objects {

Parser::Parser(java::Source& source, StreamState& state, Form& form, const java::Limits& limits, bool strict)
    : source_(source), state_(state), form_(form), tell_(&form), limits_(limits), strict_(strict) {}

void Parser::fail(std::uint64_t offset, const std::string& text) const {
    throw java::Malformed(offset, text);
}

void Parser::truncated(const char* what, std::uint64_t needed) {
    const std::size_t left = source_.at_hand();
    fail(source_.offset() + left, fmt::format("truncated {}: {} bytes needed, {} left", what, needed, left));
}

void Parser::no_tag(std::uint8_t byte) {
    const bool custom = std::any_of(stack_.begin(), stack_.end(), [&](const Task& task) {
        return task.what == Do::class_data && state_.descs[task.desc].has(write_method);
    });
    fail(source_.offset(), fmt::format("0x{:02x} is no type code{}", byte,
                                       custom ? " (writeObject without defaultWriteObject? try --class)" : ""));
}

std::string Parser::where() const {
    for (auto task = stack_.rbegin(); task != stack_.rend(); ++task) {
        if (task->what != Do::class_data && task->what != Do::elements) continue;
        return fmt::format("object {:#x} {}", first_handle + task->handle,
                           text::printable(state_.descs[task->desc].name, 100));
    }
    return "";
}

std::uint8_t Parser::peek(const char* what) {
    require(1, what);
    return *source_.at();
}

std::uint8_t Parser::take8(const char* what) {
    const std::uint8_t value = peek(what);
    source_.advance(1);
    return value;
}

std::uint16_t Parser::take16(const char* what) {
    require(2, what);
    const std::uint16_t value = java::load16(source_.at());
    source_.advance(2);
    return value;
}

std::uint32_t Parser::take32(const char* what) {
    require(4, what);
    const std::uint32_t value = java::load32(source_.at());
    source_.advance(4);
    return value;
}

std::uint64_t Parser::take64(const char* what) {
    require(8, what);
    const std::uint64_t value = java::load64(source_.at());
    source_.advance(8);
    return value;
}

std::uint32_t Parser::add(const Handle& handle) {
    if (!state_.handles.add(handle) || state_.handles.memory() + desc_memory_ > limits_.memory)
        fail(source_.offset(), "too many objects to remember (--max-memory)");
    return state_.handles.size() - 1;
}

void Parser::push(const Task& task) {
    if (stack_.size() * sizeof(Task) > limits_.memory) fail(source_.offset(), "nested too deep (--max-memory)");
    stack_.push_back(task);
}

void Parser::header() {
    const std::uint64_t offset = source_.offset();
    if (!source_.ensure(4)) {
        const std::uint8_t magic[4] = {0xac, 0xed, 0, 5};
        if (std::memcmp(source_.at(), magic, source_.at_hand()) == 0) truncated("stream header", 4);
    }
    const std::uint16_t magic = take16("stream header");
    if (magic != stream_magic)
        fail(offset,
             fmt::format("expected the magic 0xACED, found 0x{:04X} (no object stream, or --no-header)", magic));
    const std::uint16_t version = take16("stream header");
    if (version != stream_version) fail(offset + 2, fmt::format("stream version {}, not {}", version, stream_version));
}

bool Parser::next() {
    if (!source_.ensure(1)) return false;
    begin_content();
    const auto tag = static_cast<Tag>(*source_.at());
    if (tag == Tag::block || tag == Tag::long_block) {
        blocks_at_top();
    } else if (tag == Tag::reset) {
        source_.advance(1);
        forget();
        form_.reset();
    } else {
        content();
        while (!stack_.empty())
            step();
    }
    form_.end_top();
    return true;
}

/// Remembers where a content begins, for back().
void Parser::begin_content() {
    handles_before_ = state_.handles.size();
    texts_before_ = state_.handles.mark();
    descs_before_ = state_.descs.size();
    objects_before_ = objects_;
    desc_memory_before_ = desc_memory_;
    entered_.clear();
    stack_.clear();
    nested_ = in_descs_ = 0;
    tell_ = &form_;
    pulls_ = 0;
    forgot_ = false;
    form_.begin_top();
}

void Parser::back() {
    state_.handles.cut(handles_before_, texts_before_);
    state_.descs.resize(descs_before_);
    objects_ = objects_before_;
    desc_memory_ = desc_memory_before_;
    form_.drop_top();
}

void Parser::forget() {
    forgot_ = true;
    state_.handles.cut(0, {});
    state_.descs.clear();
    handles_before_ = 0;
    texts_before_ = {};
    descs_before_ = 0;
    desc_memory_ = desc_memory_before_ = 0;
    entered_.clear();
}

void Parser::content() {
    const std::uint8_t byte = peek("content");
    if (byte < static_cast<std::uint8_t>(Tag::null) || byte > static_cast<std::uint8_t>(Tag::enumeration)) no_tag(byte);
    begin(static_cast<Tag>(byte));
}

void Parser::begin(Tag tag) {
    switch (tag) {
        case Tag::null:
            source_.advance(1);
            return tell_->null();
        case Tag::reference:
            return reference();
        case Tag::string:
        case Tag::long_string:
            string(tag);
            return;
        case Tag::class_desc:
        case Tag::proxy_desc:
            push({Do::desc_value});
            return desc_content();
        case Tag::object:
        case Tag::array:
        case Tag::class_object:
        case Tag::enumeration: {
            source_.advance(1);
            tell_->open(tag);
            const Do what = tag == Tag::object         ? Do::object_desc
                            : tag == Tag::array        ? Do::array_desc
                            : tag == Tag::class_object ? Do::class_desc
                                                       : Do::enum_desc;
            push({what});
            return desc_content();
        }
        case Tag::exception:
            return exception();
        case Tag::reset:
            fail(source_.offset(), "a reset inside of an object");
        case Tag::end_block:
            fail(source_.offset(), "an end mark (0x78) where a value belongs");
        default:
            fail(source_.offset(), "block data where a value belongs");
    }
}

void Parser::reference() {
    const std::uint64_t offset = source_.offset();
    require(5, "reference");
    const std::uint32_t handle = java::load32(source_.at() + 1);
    source_.advance(5);
    if (handle < first_handle || handle - first_handle >= state_.handles.size())
        fail(offset, fmt::format("bad handle {:#x}", handle));
    tell_->reference(handle - first_handle);
}

void Parser::step() {
    Task& task = stack_.back();
    switch (task.what) {
        case Do::object_desc:
        case Do::array_desc:
        case Do::class_desc:
        case Do::enum_desc: {
            const Task done = task;
            stack_.pop_back();
            if (desc_ == ClassDesc::none) fail(source_.offset(), "no class where one must be");
            if (done.what == Do::object_desc) return begin_object(done);
            if (done.what == Do::array_desc) return begin_array(done);
            if (done.what == Do::class_desc) return begin_class(done);
            return begin_enumeration(done);
        }
        case Do::desc_value:
            stack_.pop_back();
            if (!form_.hears_descs()) tell_->class_object(desc(desc_).handle, desc_);
            return;
        case Do::class_data:
            return class_data(task);
        case Do::fields:
            return fields(task);
        case Do::annotation:
            return annotation(task);
        case Do::elements:
            return elements(task);
        case Do::desc_annotation:
            return desc_annotation();
        case Do::desc_end: {
            const Task done = task;
            stack_.pop_back();
            return end_desc(done);
        }
        case Do::exception_end:
            tell_ = &form_;
            form_.end_exception();
            forget();
            stack_.clear();
            return;
    }
}

void Parser::begin_class(const Task&) {
    ++objects_;
    tell_->class_object(add({Known::class_object, 0, 0, desc_, 0}), desc_);
}

void Parser::begin_enumeration(const Task&) {
    const ClassDesc& its = desc(desc_);
    if (!its.has(enumeration)) fail(source_.offset(), "an enum constant of a class that is no enum");
    ++objects_;
    const std::uint32_t handle = add({Known::constant, 0, 0, desc_, 0});
    tell_->begin_enumeration(handle, desc_);
    const auto tag = static_cast<Tag>(peek("enum constant"));
    if (tag != Tag::string && tag != Tag::long_string)
        fail(source_.offset(), "the name of an enum constant is no string");
    state_.handles.at(handle).word = string(tag);
    tell_->end_enumeration();
}

void Parser::begin_array(const Task&) {
    const ClassDesc& its = desc(desc_);
    const std::uint64_t offset = source_.offset();
    const char type = element_type(its.name);
    if (type == '\0') fail(offset, "an array of the class '" + text::printable(its.name) + "', which is no array's");
    const auto n = static_cast<std::int32_t>(take32("array"));
    if (n < 0) fail(offset, fmt::format("array length {}", n));
    ++objects_;
    const std::uint32_t handle = add({Known::array, 0, 0, desc_, 0});
    const auto count = static_cast<std::uint64_t>(n);
    tell_->begin_array(handle, desc_, count);
    if (type == 'L' || type == '[') {
        if (++nested_ > limits_.depth && form_.nests())
            fail(offset, fmt::format("nested deeper than {} (--max-depth)", limits_.depth));
        return push({Do::elements, 0, desc_, handle, 0, 0, count});
    }
    const schema::Kind kind = kind_of(type);
    const std::uint64_t bytes = count * schema::scalar_size(kind);
    const std::uint64_t outer = source_.enter(bytes);
    tell_->primitive_elements(source_, kind, count);
    source_.skip(source_.left());
    if (source_.left() > 0) truncated("array", source_.left());
    source_.leave(outer);
    tell_->end_array();
}

void Parser::elements(Task& task) {
    if (task.at == task.n) {
        stack_.pop_back();
        --nested_;
        return tell_->end_array();
    }
    tell_->element(task.at++);
    content();
}

void Parser::annotation(Task& task) {
    const auto tag = static_cast<Tag>(peek("end mark"));
    if (tag == Tag::block || tag == Tag::long_block) return block(tag);
    if (tag != Tag::end_block) {
        tell_->item();
        return content();
    }
    source_.advance(1);
    const std::uint32_t desc = task.desc;
    stack_.pop_back();
    tell_->end_annotation();
    tell_->end_class(desc);
}

void Parser::block(Tag tag) {
    const bool is_long = tag == Tag::long_block;
    require(is_long ? 5 : 2, "block data");
    const std::int64_t n = is_long ? static_cast<std::int32_t>(java::load32(source_.at() + 1)) : source_.at()[1];
    if (n < 0) fail(source_.offset() + 1, fmt::format("a block of {} bytes", n));
    source_.advance(is_long ? 5 : 2);
    const std::uint64_t outer = source_.enter(static_cast<std::uint64_t>(n));
    tell_->block(tag, source_, static_cast<std::uint64_t>(n));
    source_.skip(source_.left());
    if (source_.left() > 0) truncated("block data", source_.left());
    source_.leave(outer);
}

/// Blocks outside of any object: what was written to the stream as to a DataOutputStream. Their boundaries mean
/// nothing.
void Parser::blocks_at_top() {
    form_.begin_annotation();
    while (source_.ensure(1)) {
        const auto tag = static_cast<Tag>(*source_.at());
        if (tag != Tag::block && tag != Tag::long_block) break;
        block(tag);
    }
    form_.end_annotation();
}

/// Writing ended with an exception in the middle of whatever is open now.
void Parser::exception() {
    if (pulls_ > 0) fail(source_.offset(), "writing ended with an exception, which no schema tells of");
    if (!stack_.empty() && stack_.front().what == Do::exception_end)
        fail(source_.offset(), "an exception inside of an exception");
    source_.advance(1);
    stack_.clear();
    nested_ = in_descs_ = 0;
    forget();
    tell_ = &form_;
    form_.begin_exception();
    push({Do::exception_end});
    content();
}

std::vector<std::string> Parser::doubtful() const {
    std::vector<std::string> names;
    for (auto index = entered_.rbegin(); index != entered_.rend(); ++index) {
        const ClassDesc& its = state_.descs[*index];
        std::string key = its.name + ' ' + std::to_string(its.suid);
        if (std::find(names.begin(), names.end(), key) == names.end()) names.push_back(std::move(key));
    }
    return names;
}

}  // namespace bradawl::objects
