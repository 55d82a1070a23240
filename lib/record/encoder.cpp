#include "record/encoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "json/unescape.hpp"
#include "schema/constant_bytes.hpp"
#include "text/printable.hpp"

namespace bradawl::record {

using schema::Extent;
using schema::Field;
using schema::Kind;
using schema::Section;
using schema::Value;

Encoder::Encoder(const schema::Schema& schema, const java::Spelling& spelling, const java::Limits& limits, bool wrap,
                 schema::ObjectCodec* objects)
    : schema_(schema), spelling_(spelling), limits_(limits), wrap_(wrap), objects_(objects) {}

void Encoder::fail(const std::string& what) const {
    throw Error(Fault::data, "." + path_of(here_, schema_) + ": " + what);
}

/// The value in work, for a message.
std::string Encoder::shown() const {
    json::Cursor again({value_, static_cast<std::size_t>(at_.end() - value_)});
    return text::printable(again.value(), 40);
}

void Encoder::refuse(const char* what) const {
    fail(fmt::format("{} is no {}", shown(), what));
}

void Encoder::add(const Section& section, std::string_view json, std::string& out, const Section* others) {
    at_ = json::Cursor(json);
    here_ = nullptr;
    depth_ = 0;
    empty_elements_ = 0;
    out_ = &out;
    members_.clear();
    const std::size_t before = out.size();
    const bool kept = std::exchange(kept_, false);
    if (section.binds && !kept) scope_.open();
    filled_ = nowhere;
    try {
        fields(section, others);
        look_behind();
        if (ended_ && out.size() != before) fail("stands behind what takes all that is left");
        ended_ = ended_ || filled_ != nowhere;
    } catch (...) {
        out.resize(before);
        throw;
    }
    if (section.binds && !kept) scope_.close(false);
}

std::int64_t Encoder::evaluate(const schema::Expression& expression) {
    try {
        return evaluate_integer(expression, scope_);
    } catch (const schema::NoValue& why) {
        fail(fmt::format("{}:{}:{}: what stands here {}", schema_.origin, why.place.line, why.place.column, why.text));
    }
}

void Encoder::enter_level() {
    if (++depth_ > limits_.depth) fail(fmt::format("nested deeper than {} (--max-depth)", limits_.depth));
}

bool Encoder::wanted(const Field& field) {
    return field.condition == nullptr || evaluate(*field.condition) != 0;
}

void Encoder::fields(const Section& section, const Section* others) {
    Here here{here_, nullptr, -1};
    value_ = at_.peek() == '\0' ? at_.end() : at_.at();
    if (!at_.take('{')) refuse("object");
    here_ = &here;
    Object object{at_.at()};
    for (const Field& one : section.fields) {
        here.field = &one;
        if (wanted(one)) field(one, object, section);
    }
    here_ = here.outer;
    close(object, others);
}

void Encoder::field(const Field& field, Object& object, const Section&) {
    captured_ = {};
    if (field.hidden || !find(field, object)) {
        absent(field, object);
    } else if (field.constant) {
        const std::size_t before = out_->size();
        value(*field.type, false);
        if (std::string_view(*out_).substr(before) != field.constant_bytes)
            fail(fmt::format("{} where the schema has {}", shown(), field.constant->spelling));
        const Value known = schema::constant_value(field);
        captured_ = {known.kind, known.integer, known.text};
    } else {
        value(*field.type, field.captured);
    }
    if (field.captured) bind(field);
}

/// Goes to the value of a field. Members are expected in the schema's order and without blanks.
bool Encoder::find(const Field& field, Object& object) {
    const std::size_t skip = object.first ? 1 : 0;
    if (object.in_order && at_.take(std::string_view(field.key.data() + skip, field.key_length - skip))) {
        object.first = false;
        return true;
    }
    return search(field, object);
}

/// The same where blanks stand between, or another member: only then the object's members are listed.
bool Encoder::search(const Field& field, Object& object) {
    const std::string_view key = std::string_view(field.key).substr(0, field.key_length);
    if (object.in_order) {
        const char* const before = at_.at();
        if (object.first || at_.take(',')) {
            if (at_.peek() == '"' && at_.take(key.substr(1, key.size() - 2)) && at_.take(':')) {
                object.first = false;
                return true;
            }
        }
        at_.move_to(before);
        list_members(object);
    }
    for (std::size_t at = object.members; at < members_.size(); ++at) {
        Member& member = members_[at];
        if (member.used || !is_name(member.name, schema_.names[field.name])) continue;
        member.used = true;
        at_.move_to(member.value);
        return true;
    }
    return false;
}

/// From here on the object's members are found by their names.
void Encoder::list_members(Object& object) {
    const char* const taken = at_.at();
    object.in_order = false;
    object.members = members_.size();
    at_.move_to(object.begin);
    if (!at_.take('}')) {
        do {
            at_.peek();
            const json::Cursor::Raw name = at_.string();
            at_.take(':');
            at_.peek();
            const char* const value = at_.at();
            members_.push_back({name, value, !object.first && value < taken});
            at_.value();
        } while (at_.take(','));
        at_.take('}');
    }
    object.end = at_.at();
}

bool Encoder::is_name(const json::Cursor::Raw& raw, std::string_view name) {
    if (!raw.escaped) return raw.inside == name;
    std::string text;
    return !json::unescape(raw.inside, text, json::LoneSurrogate::keep) && text == name;
}

/// Goes behind the object, which must hold nothing that was not asked for.
void Encoder::close(Object& object, const Section* others) {
    if (object.in_order && at_.take('}')) return;
    if (object.in_order) list_members(object);
    for (std::size_t at = object.members; at < members_.size(); ++at) {
        const Member& member = members_[at];
        if (member.used) continue;
        const auto named = [&](const Field& field) { return is_name(member.name, schema_.names[field.name]); };
        if (others != nullptr && std::any_of(others->fields.begin(), others->fields.end(), named)) continue;
        const std::string path = path_of(here_, schema_);
        throw Error(Fault::data, fmt::format(".{}{}{}: the schema has no such field here, or it stands twice", path,
                                             path.empty() ? "" : ".", text::printable(member.name.inside, 40)));
    }
    members_.resize(object.members);
    at_.move_to(object.end);
}

/// A field that JSON does not have.
void Encoder::absent(const Field& field, Object& object) {
    const Kind kind = field.type->kind;
    if (field.constant) {
        *out_ += field.constant_bytes;
        const Value known = schema::constant_value(field);
        captured_ = {known.kind, known.integer, known.text};
    } else if (field.hidden && kind != Kind::none) {
        fail("cannot be written: a field '_' needs a constant");
    } else if (kind == Kind::maybe) {
        *out_ += '\0';
    } else if (field.counts != nullptr && schema::is_integer(kind)) {
        count(field, object);
    } else if (kind != Kind::none) {
        fail("is missing");
    }
}

/// Fills in the number that says how long another field of the object is.
void Encoder::count(const Field& field, Object& object) {
    const Field& counted = *field.counts;
    Here here{here_->outer, &counted, -1};
    const Here* const outer = std::exchange(here_, &here);
    if (!find(counted, object)) fail("is missing, and so is '" + schema_.names[field.name] + "', which counts it");
    for (std::size_t at = object.members; at < members_.size(); ++at)
        members_[at].used = members_[at].used && members_[at].value != at_.at();  // it is read again in its turn
    std::int64_t n = 0;
    value_ = at_.at();
    if (counted.type->kind == Kind::array) {
        if (!at_.take('[')) refuse("array");
        if (!at_.take(']')) {
            do {
                at_.value();
                ++n;
            } while (at_.take(','));
        }
    } else {
        std::string bytes;
        std::string* const whole = std::exchange(out_, &bytes);
        const std::size_t filled = filled_;
        value(*counted.type->element, false);
        filled_ = filled;
        out_ = whole;
        n = static_cast<std::int64_t>(bytes.size());
    }
    here_ = outer;
    captured_ = {Value::Kind::integer, n, {}};
    if (schema::is_scalar(field.type->kind)) {
        put_integer(field.type->kind, n, false);
    } else {
        put_variable(field.type->kind, n);
    }
}

void Encoder::bind(const Field& field) {
    switch (captured_.kind) {
        case Value::Kind::integer:
            scope_.bind(field.name, captured_.integer);
            break;
        case Value::Kind::text:
            scope_.bind_text(field.name, captured_.text);
            break;
        case Value::Kind::none:
            scope_.bind_nothing(field.name);
            break;
        default:
            scope_.bind_last(field.name);
    }
}

}  // namespace bradawl::record
