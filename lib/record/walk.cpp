#include "record/walk.hpp"

#include <fmt/format.h>

#include "schema/constant_bytes.hpp"
#include "schema/shipped.hpp"
#include "text/printable.hpp"

namespace bradawl::record {

namespace {

using schema::Extent;
using schema::Field;
using schema::Kind;
using schema::Type;
using schema::Value;

/// Bytes as a constant of the kind is best read.
std::string describe(const Field& field, std::string_view bytes) {
    if (is_scalar(field.type->kind) && bytes.size() == field.constant_bytes.size()) {
        std::uint64_t number = 0;
        for (const char byte : bytes)
            number = number << 8 | static_cast<std::uint8_t>(byte);
        const bool hex = field.constant->spelling.starts_with("0x") || field.constant->spelling.starts_with("0X");
        if (hex) return fmt::format("0x{:0{}X}", number, 2 * bytes.size());
        if (is_integer(field.type->kind))
            return std::to_string(load_scalar(field.type->kind, reinterpret_cast<const std::uint8_t*>(bytes.data())));
    }
    return "'" + text::printable(bytes, 40) + "'";
}

}  // namespace

Walk::Walk(const schema::Schema& schema, java::Source& source, const java::Limits& limits, bool strict,
           schema::ObjectCodec* objects)
    : schema_(schema), source_(source), limits_(limits), strict_(strict), objects_(objects) {}

void Walk::fail(std::uint64_t offset, const std::string& text) {
    where_ = path();
    throw java::Malformed(offset, text);
}

void Walk::fail(const schema::NoValue& why) {
    fail(source_.offset(),
         fmt::format("{}:{}:{}: what stands here {}", schema_.origin, why.place.line, why.place.column, why.text));
}

/// ensure() has said that there are not `needed` bytes.
void Walk::truncated(const char* what, std::uint64_t needed) {
    const std::size_t left = all_left(needed);
    const char* const where = left == source_.left() ? " in its region" : "";
    const bool length_known = needed > 2 && left >= 2 && std::string_view(what) == "utf";
    const std::uint64_t end = source_.offset() + left;
    if (length_known)
        fail(end, fmt::format("truncated utf: length says {} bytes, {} left{}", needed - 2, left - 2, where));
    fail(end, fmt::format("truncated {}: {} bytes needed, {} left{}", what, needed, left, where));
}

/// How many bytes there are where ensure() has said that there are not `needed`. It looks no further when it knows that
/// the region is too small, so this does.
std::size_t Walk::all_left(std::uint64_t needed) {
    if (source_.left() < needed) source_.ensure(static_cast<std::size_t>(source_.left()));
    return source_.at_hand();
}

void Walk::cut_run(const schema::Section& section, const schema::Step& step, Here& here) {
    std::uint32_t at = step.first;
    const auto size = [&] { return schema::scalar_size(section.fields[at].type->kind); };
    for (std::size_t left = all_left(step.bytes); size() <= left; left -= size(), ++at)
        source_.advance(size());
    here.field = &section.fields[at];
    truncated(name_of(here.field->type->kind), size());
}

void Walk::skip_plain(std::uint64_t n, std::uint64_t size, Kind kind) {
    std::uint64_t bytes = 0;
    if (__builtin_mul_overflow(n, size, &bytes)) bytes = java::Source::unknown;  // more than there can be
    const std::uint64_t gone = source_.skip(bytes);
    if (gone < bytes) truncated(name_of(kind), bytes - gone);
}

void Walk::enter_level() {
    if (++depth_ > limits_.depth)
        fail(source_.offset(), fmt::format("nested deeper than {} (--max-depth)", limits_.depth));
}

/// Of an element that took no bytes.
void Walk::look_at_progress(bool open_end) {
    if (open_end) fail(source_.offset(), "an element took no bytes, so there is no end to them");
    if (++empty_elements_ > most_empty_elements)
        fail(source_.offset(), fmt::format("more than {} elements of no bytes in a record", most_empty_elements));
}

void Walk::check_boolean(const std::uint8_t* byte) {
    if (*byte > 1) fail(source_.offset(), fmt::format("a boolean of {} (Java writes 0 and 1)", *byte));
}

void Walk::malformed_utf(const std::uint8_t* bytes, const java::Mutf8& verdict) {
    const std::uint64_t begin = source_.offset() + 2;
    if (verdict.problem == nullptr) fail(begin, "modified UTF-8 as Java would not write it (--strict)");
    const std::uint8_t byte = bytes[verdict.valid];
    fail(begin + verdict.valid, fmt::format("malformed modified UTF-8: byte 0x{:02X} {}{}", byte, verdict.problem,
                                            byte >= 0xf0 ? " (file written as plain UTF-8?)" : ""));
}

std::int64_t Walk::evaluate(const schema::Expression& expression) {
    try {
        return evaluate_integer(expression, scope_);
    } catch (const schema::NoValue& why) {
        fail(why);
    }
}

bool Walk::wanted(const Field& field) {
    return field.condition == nullptr || evaluate(*field.condition) != 0;
}

/// Compares the bytes here with what they have to be.
void Walk::constant(const Field& field) {
    const std::string& expected = field.constant_bytes;
    const bool whole = source_.ensure(expected.size());
    const std::size_t n = std::min(expected.size(), source_.at_hand());
    const std::string_view found(reinterpret_cast<const char*>(source_.at()), n);
    if (found != std::string_view(expected).substr(0, n)) {
        const std::string other = source_.offset() == 0 ? schema::shipped_for(found) : "";
        const std::string hint =
            other.empty() || "@" + other == schema_.origin ? "" : fmt::format(" (try -s @{})", other);
        fail(source_.offset(),
             fmt::format("expected {}, found {}{}",
                         field.constant->kind == schema::Constant::Kind::text ? describe(field, expected)
                                                                              : field.constant->spelling,
                         describe(field, found), hint));
    }
    if (!whole) truncated(name_of(field.type->kind), expected.size());
    const Value value = schema::constant_value(field);
    captured_ = {value.kind, value.integer, value.text};
}

void Walk::bind(const Field& field) {
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

void Walk::bind_element() {
    static const Field nameless;
    bind(nameless);
    if (scope_.memory() > limits_.memory) fail(source_.offset(), "too much to remember (--max-memory)");
}

const Type* Walk::arm(const Type& type) {
    Value subject;
    try {
        subject = schema::evaluate(*type.subject, scope_);
    } catch (const schema::NoValue& why) {
        fail(why);
    }
    if (const Type* const found = schema::matching_arm(type, subject)) return found;
    fail(source_.offset(), fmt::format("{} is none of the switch's cases",
                                       subject.kind == Value::Kind::text ? "'" + text::printable(subject.text) + "'"
                                       : subject.kind == Value::Kind::integer ? std::to_string(subject.integer)
                                                                              : "what has no value here"));
}

/// Whether an array of unknown length goes on; passes over what ends it.
bool Walk::another(const Type& type) {
    if (type.extent.by == Extent::By::rest) return !source_.at_end();
    const std::string& end = type.extent.until;
    if (!source_.ensure(end.size())) truncated("array", end.size());
    if (std::memcmp(source_.at(), end.data(), end.size()) != 0) return true;
    source_.advance(end.size());
    return false;
}

std::uint64_t Walk::count_or_size(const Extent& extent, const char* what) {
    const std::uint64_t offset = source_.offset();
    const std::int64_t n = extent.by == Extent::By::prefix ? integer(extent.prefix) : evaluate(*extent.number);
    if (n < 0) fail(offset, fmt::format("a {} of {}", what, n));
    return static_cast<std::uint64_t>(n);
}

std::uint64_t Walk::region_size(const Extent& extent) {
    if (extent.by == Extent::By::rest) return source_.left();
    const std::uint64_t offset = source_.offset();
    const std::uint64_t size = count_or_size(extent, "size");
    if (size > source_.left())
        fail(offset, fmt::format("a size of {} where the region around has {} bytes left", size, source_.left()));
    return size;
}

std::int64_t Walk::integer(Kind kind) {
    if (!is_scalar(kind)) return variable(kind);
    const std::size_t size = schema::scalar_size(kind);
    if (!source_.ensure(size)) truncated(name_of(kind), size);
    const std::int64_t value = load_scalar(kind, source_.at());
    source_.advance(size);
    return value;
}

std::int64_t Walk::variable(Kind kind) {
    if (kind == Kind::vint) return hadoop();
    const std::uint64_t bits = leb128();
    if (kind == Kind::varint) return static_cast<std::int64_t>(bits);
    return static_cast<std::int64_t>(bits >> 1 ^ (0 - (bits & 1)));
}

/// What is not in its shortest form could not be written back.
std::uint64_t Walk::leb128() {
    const std::uint64_t begin = source_.offset();
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (!source_.ensure(1)) truncated("varint", 1);
        const std::uint8_t byte = *source_.at();
        source_.advance(1);
        if (shift == 63 && byte > 1) fail(begin, "a varint of more than 64 bits");
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if ((byte & 0x80) != 0) continue;
        if (byte == 0 && shift > 0) fail(begin, "a varint that is longer than need be");
        return value;
    }
}

/// WritableUtils.readVLong: -112 to 127 as itself; else a byte that tells sign and length, then the value, of negative
/// numbers their complement.
std::int64_t Walk::hadoop() {
    const std::uint64_t begin = source_.offset();
    if (!source_.ensure(1)) truncated("vint", 1);
    const auto first = static_cast<std::int8_t>(*source_.at());
    source_.advance(1);
    if (first >= -112) return first;
    const bool negative = first < -120;
    const auto length = static_cast<unsigned>(negative ? -(first + 120) : -(first + 112));
    if (!source_.ensure(length)) truncated("vint", length);
    std::uint64_t value = 0;
    for (unsigned at = 0; at < length; ++at)
        value = value << 8 | source_.at()[at];
    source_.advance(length);
    const auto number = static_cast<std::int64_t>(negative ? ~value : value);
    const bool needed = length == 1 ? number > 127 || number < -112 : value >> (8 * (length - 1)) != 0;
    if (!needed) fail(begin, "a vint that is longer than need be");
    if (value >> 63 != 0) fail(begin, "a vint of more than 64 bits");
    return number;
}

/// The rest of the region, as one piece of memory.
std::string_view Walk::collect() {
    collected_.clear();
    while (source_.ensure(1)) {
        const std::size_t n = source_.at_hand();
        if (collected_.size() + n > limits_.bytes)
            fail(source_.offset(), fmt::format("a value of more than {} bytes (--max-bytes)", limits_.bytes));
        collected_.append(reinterpret_cast<const char*>(source_.at()), n);
        source_.advance(n);
    }
    return collected_;
}

}  // namespace bradawl::record
