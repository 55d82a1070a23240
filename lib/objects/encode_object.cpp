#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "objects/full_encoder.hpp"
#include "objects/value_text.hpp"
#include "schema/constant_bytes.hpp"

namespace bradawl::objects {

void FullEncoder::object() {
    *out_ += static_cast<char>(Tag::object);
    const std::uint32_t its = description();
    if (its == no_desc) fail("has no class");
    handles_.push_back(no_desc);
    std::vector<std::uint32_t> classes{its};
    if (!descs_[its].has(externalizable)) {
        while (descs_[classes.back()].super != ClassDesc::none)
            classes.push_back(descs_[classes.back()].super);
        std::erase_if(classes, [&](std::uint32_t one) { return !descs_[one].has(serializable | externalizable); });
        std::reverse(classes.begin(), classes.end());
    }
    require("data");
    open('[');
    std::size_t index = 0;
    for (const std::uint32_t one : classes) {
        if (index > 0 && !at_.take(',')) fail(fmt::format("the data of {} classes is missing", classes.size() - index));
        enter(fmt::format(".data[{}]", index++));
        const ClassDesc desc = descs_[one];  // a copy: more may come while its data is written
        class_data(desc);
        leave();
    }
    close(']');
}

void FullEncoder::class_data(const ClassDesc& desc) {
    open('{');
    const bool annotated = desc.has(externalizable) ? desc.has(block_data) : desc.has(write_method);
    // Members in the order in which they are written; the first has no comma in front.
    bool wrote = false;
    for (bool first = true; at_.peek() != '}'; first = false) {
        if (!first && !at_.take(',')) refuse("member");
        if (at_.peek() != '"') refuse("member");
        const std::string_view name = at_.string().inside;
        at_.take(':');
        enter("." + std::string(name));
        if (name == "fields") {
            fields(desc);
        } else if (name == "external") {
            external();
        } else if (name == "before") {
            contents();
        } else if (name == "annotation" && annotated) {
            contents();
            wrote = true;
            *out_ += static_cast<char>(Tag::end_block);
        } else {
            fail("does not belong to a class with these flags");
        }
        leave();
    }
    at_.take('}');
    if (annotated && !wrote) *out_ += static_cast<char>(Tag::end_block);
}

void FullEncoder::fields(const ClassDesc& desc) {
    const bool keyed = at_.peek() == '{';
    open(keyed ? '{' : '[');
    std::size_t index = 0;
    for (const ClassField& field : desc.fields) {
        if (index++ > 0 && !at_.take(',')) fail(fmt::format("the field {} is missing", to_json(field.name)));
        if (keyed) {
            if (at_.peek() != '"') fail(fmt::format("the field {} is missing", to_json(field.name)));
            std::string name;
            const json::Cursor::Raw raw = at_.string();
            if (key_json(field.name) != "\"" + std::string(raw.inside) + "\"")
                fail(fmt::format("'{}' where the field {} belongs", raw.inside, to_json(field.name)));
            at_.take(':');
        }
        enter("." + field.name);
        if (field.is_primitive()) {
            primitive(field.kind);
        } else {
            content();
        }
        leave();
    }
    close(keyed ? '}' : ']');
}

/// What an Externalizable wrote in protocol 1: bytes and contents without marks.
void FullEncoder::external() {
    open('[');
    if (at_.take(']')) return;
    do {
        const char* const before = at_.at();
        const bool raw = at_.take('{') && at_.peek() == '"' && at_.string().inside == "$raw";
        if (raw) {
            at_.take(':');
            *out_ += hex();
            close('}');
        } else {
            at_.move_to(before);
            content();
        }
    } while (at_.take(','));
    close(']');
}

/// A class description or a reference to one; its index.
std::uint32_t FullEncoder::description() {
    desc_ = no_desc;
    const char* const begin = (at_.peek(), at_.at());
    if (!at_.take('{')) {
        if (*begin != 'n') refuse("class description");
        content();
        return desc_ = no_desc;
    }
    if (at_.peek() != '"') {
        at_.move_to(begin);
        refuse("class description");
    }
    const std::string_view key = at_.string().inside;
    at_.take(':');
    enter("." + std::string(key));
    if (key == "$classdesc") {
        class_desc();
        close('}');
    } else if (key == "$proxydesc") {
        proxy_desc();
        close('}');
    } else if (key == "$ref") {
        reference();
        if (desc_ == no_desc) fail("refers to what is no class description");
        close('}');
    } else if (key == "$exception") {
        exception();
    } else {
        fail("no class description begins with this member");
    }
    leave();
    return desc_;
}

void FullEncoder::name(std::string& bytes) {
    text(bytes);
    if (bytes.size() > 65535) fail("a name of more than 65535 bytes");
}

void FullEncoder::utf(std::string_view bytes) {
    big_endian(bytes.size(), 2);
    *out_ += bytes;
}

void FullEncoder::class_desc() {
    *out_ += static_cast<char>(Tag::class_desc);
    ClassDesc made;
    name(made.name);
    utf(made.name);
    require("suid");
    primitive(schema::Kind::int64);
    const auto index = static_cast<std::uint32_t>(descs_.size());
    handles_.push_back(index);
    descs_.push_back(made);
    require("flags");
    const std::int64_t flags = integer(schema::Kind::uint8);
    *out_ += static_cast<char>(flags);
    made.flags = static_cast<std::uint8_t>(flags);
    require("fields");
    desc_fields(made);
    descs_[index] = made;
    require("annotation");
    enter(".annotation");
    contents();
    leave();
    *out_ += static_cast<char>(Tag::end_block);
    require("super");
    enter(".super");
    descs_[index].super = description();
    leave();
    desc_ = index;
}

void FullEncoder::desc_fields(ClassDesc& made) {
    const std::size_t length = out_->size();
    big_endian(0, 2);
    open('[');
    if (at_.take(']')) return;
    do {
        ClassField field;
        open('{');
        if (at_.peek() != '"' || at_.string().inside != "type" || !at_.take(':') || at_.peek() != '"')
            fail("a field begins with its type");
        const std::string_view type = at_.string().inside;
        if (type.size() != 1 || std::string_view("BCDFIJSZL[").find(type[0]) == std::string_view::npos)
            fail(fmt::format("'{}' is no type of a field", type));
        field.type = type[0];
        field.kind = kind_of(field.type);
        require("name");
        name(field.name);
        *out_ += field.type;
        utf(field.name);
        if (!field.is_primitive()) {
            require("class");
            content();
        }
        close('}');
        made.fields.push_back(std::move(field));
        if (made.fields.size() > 65535) fail("more than 65535 fields");
    } while (at_.take(','));
    close(']');
    (*out_)[length] = static_cast<char>(made.fields.size() >> 8);
    (*out_)[length + 1] = static_cast<char>(made.fields.size());
}

void FullEncoder::proxy_desc() {
    *out_ += static_cast<char>(Tag::proxy_desc);
    const auto index = static_cast<std::uint32_t>(descs_.size());
    handles_.push_back(index);
    descs_.emplace_back();
    const std::size_t length = out_->size();
    big_endian(0, 4);
    std::uint32_t n = 0;
    open('[');
    if (!at_.take(']')) {
        do {
            std::string bytes;
            name(bytes);
            utf(bytes);
            ++n;
        } while (at_.take(','));
        close(']');
    }
    for (std::size_t at = 0; at < 4; ++at)
        (*out_)[length + at] = static_cast<char>(n >> (24 - 8 * at));
    require("annotation");
    contents();
    *out_ += static_cast<char>(Tag::end_block);
    require("super");
    descs_[index].super = description();
    desc_ = index;
}

}  // namespace bradawl::objects
