#include "objects/full_encoder.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/error.hpp"
#include "java/hex.hpp"
#include "java/mutf8.hpp"
#include "json/number.hpp"
#include "json/unescape.hpp"
#include "text/base64.hpp"
#include "text/printable.hpp"

namespace bradawl::objects {

namespace {

constexpr std::size_t longest_utf = 65535;

}  // namespace

void FullEncoder::fail(const std::string& what) const {
    std::string path;
    for (const std::string& step : path_)
        path += step;
    throw Error(Fault::data, (path.empty() ? "." : path) + ": " + what);
}

/// The value that comes next is not what is needed.
void FullEncoder::refuse(const char* what) {
    at_.peek();
    const std::string_view found = at_.value();
    if (found.empty()) fail(fmt::format("no {} where one belongs", what));
    fail(fmt::format("{} is no {}", text::printable(found, 40), what));
}

void FullEncoder::enter(std::string step) {
    if (path_.size() > 8 * limits_.depth) fail("nested too deep (--max-depth)");
    path_.push_back(std::move(step));
}

void FullEncoder::leave() {
    path_.pop_back();
}

void FullEncoder::header(std::string& out) {
    out += std::string_view("\xac\xed\0\5", 4);
}

void FullEncoder::write_lines(record::LineWriter& writer, bool with_header) {
    const auto begin = [&](std::string& bytes) {
        if (std::exchange(with_header, false)) header(bytes);
    };
    writer.run(
        [&](std::string_view json, std::string& bytes) {
            begin(bytes);
            add(json, bytes);
        },
        begin);
}

void FullEncoder::add(std::string_view json, std::string& out) {
    at_ = json::Cursor(json);
    out_ = &out;
    path_.clear();
    const std::size_t before = out.size();
    try {
        content();
    } catch (const Cut&) {
        // What is behind an exception was not written.
    } catch (...) {
        out.resize(before);
        throw;
    }
}

void FullEncoder::big_endian(std::uint64_t bits, std::size_t size) {
    while (size-- > 0)
        *out_ += static_cast<char>(bits >> (8 * size));
}

/// Goes to the value of the member that has to come next in the object in work; passes over `id`.
bool FullEncoder::member(std::string_view name) {
    const char* before = at_.at();
    while (at_.take(',') && at_.peek() == '"') {
        const std::string_view found = at_.string().inside;
        at_.take(':');
        if (found == name) return true;
        if (found != "id") break;
        at_.value();
        before = at_.at();
    }
    at_.move_to(before);
    return false;
}

void FullEncoder::require(std::string_view name) {
    if (!member(name)) fail(fmt::format("the member '{}' is missing", name));
}

void FullEncoder::open(char bracket) {
    if (!at_.take(bracket)) refuse(bracket == '[' ? "array" : "object");
}

void FullEncoder::close(char bracket) {
    if (bracket == '}') member("");  // an `id` at the end
    if (bracket == '}' && at_.peek() == ',') {
        at_.take(',');
        at_.peek();
        fail(fmt::format("{} does not belong here", text::printable(at_.value(), 40)));
    }
    if (!at_.take(bracket)) refuse("end of an array");
}

std::string FullEncoder::hex() {
    std::string bytes;
    if (at_.peek() != '"') refuse("row of hex digits");
    const char* const begin = at_.at();
    if (!java::from_hex(at_.string().inside, bytes)) {
        at_.move_to(begin);
        refuse("row of hex digits");
    }
    return bytes;
}

void FullEncoder::content() {
    const char first = at_.peek();
    if (first == 'n') {
        at_.token();
        *out_ += static_cast<char>(Tag::null);
        return;
    }
    if (first == '"') return string(false);
    if (first != '{') refuse("content of an object stream");
    const char* const begin = at_.at();
    at_.take('{');
    if (at_.peek() != '"') {
        at_.move_to(begin);
        refuse("content of an object stream");
    }
    const std::string_view key = at_.string().inside;
    at_.take(':');
    if (key == "$classdesc" || key == "$proxydesc") {
        at_.move_to(begin);
        description();
        return;
    }
    enter("." + std::string(key));
    if (key == "$mutf8") {
        at_.move_to(begin);
        string(false);
    } else {
        tagged(key);
        close('}');
    }
    leave();
}

void FullEncoder::tagged(std::string_view key) {
    if (key == "$ref") return reference();
    if (key == "$object") return object();
    if (key == "$array") return array();
    if (key == "$longstring") return string(true);
    if (key == "$class") return class_object();
    if (key == "$enum") return enumeration();
    if (key == "$block" || key == "$longblock") return block(key);
    if (key == "$exception") return exception();
    if (key != "$reset") fail("no content of an object stream begins with this member");
    at_.value();
    handles_.clear();
    descs_.clear();
    *out_ += static_cast<char>(Tag::reset);
}

void FullEncoder::reference() {
    at_.peek();
    const auto handle = json::to_int64(at_.token());
    if (!handle || *handle < 0 || *handle >= static_cast<std::int64_t>(handles_.size()))
        fail("refers to what does not stand in front of it");
    *out_ += static_cast<char>(Tag::reference);
    big_endian(first_handle + static_cast<std::uint64_t>(*handle), 4);
    desc_ = handles_[static_cast<std::size_t>(*handle)];
}

/// A JSON string, or `{"$mutf8":"hex"}`, as modified UTF-8.
void FullEncoder::text(std::string& bytes) {
    if (at_.peek() == '"') {
        if (!java::json_to_mutf8(at_.string().inside, bytes)) fail("is no text");
        return;
    }
    if (!at_.take('{') || at_.peek() != '"' || at_.string().inside != "$mutf8" || !at_.take(':')) refuse("string");
    bytes = hex();
    if (!at_.take('}')) refuse("end of an object");
    const auto verdict = java::inspect_mutf8(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    if (verdict.problem != nullptr) fail("is no modified UTF-8");
}

void FullEncoder::string(bool is_long) {
    std::string bytes;
    text(bytes);
    handles_.push_back(no_desc);
    if (is_long || bytes.size() > longest_utf) {
        *out_ += static_cast<char>(Tag::long_string);
        big_endian(bytes.size(), 8);
    } else {
        *out_ += static_cast<char>(Tag::string);
        big_endian(bytes.size(), 2);
    }
    *out_ += bytes;
}

void FullEncoder::contents() {
    open('[');
    if (at_.take(']')) return;
    std::size_t index = 0;
    do {
        enter(fmt::format("[{}]", index++));
        content();
        leave();
    } while (at_.take(','));
    close(']');
}

void FullEncoder::block(std::string_view key) {
    const std::string bytes = hex();
    const bool is_long = key == "$longblock";
    if (!is_long && bytes.size() > 255) fail("a $block has at most 255 bytes; this is a $longblock");
    *out_ += static_cast<char>(is_long ? Tag::long_block : Tag::block);
    big_endian(bytes.size(), is_long ? 4 : 1);
    *out_ += bytes;
}

/// What stands behind is not written; the arrays that it cut short were declared longer than they are.
void FullEncoder::exception() {
    *out_ += static_cast<char>(Tag::exception);
    handles_.clear();
    descs_.clear();
    content();
    handles_.clear();
    descs_.clear();
    Cut cut;
    if (member("lengths")) {
        open('[');
        if (!at_.take(']')) {
            do
                cut.lengths.push_back(static_cast<std::uint64_t>(integer(schema::Kind::int32)));
            while (at_.take(','));
            close(']');
        }
    }
    throw cut;
}

void FullEncoder::class_object() {
    *out_ += static_cast<char>(Tag::class_object);
    description();
    handles_.push_back(no_desc);
}

void FullEncoder::enumeration() {
    *out_ += static_cast<char>(Tag::enumeration);
    description();
    handles_.push_back(no_desc);
    require("name");
    content();
}

void FullEncoder::array() {
    *out_ += static_cast<char>(Tag::array);
    const std::uint32_t its = description();
    const char type = its == no_desc ? '\0' : element_type(descs_[its].name);
    if (type == '\0') fail("its class is no array's");
    handles_.push_back(no_desc);
    require("values");
    enter(".values");
    const std::size_t length = out_->size();
    big_endian(0, 4);
    const auto set_length = [&](std::uint64_t n) {
        for (std::size_t at = 0; at < 4; ++at)
            (*out_)[length + at] = static_cast<char>(n >> (24 - 8 * at));
    };
    try {
        set_length(elements(type));
    } catch (Cut& cut) {
        if (cut.lengths.empty()) fail("'lengths' has to tell how long the arrays around the exception were to be");
        set_length(cut.lengths.back());
        cut.lengths.pop_back();
        throw;
    }
    leave();
}

/// Writes all elements of an array; returns how many.
std::uint64_t FullEncoder::elements(char type) {
    const std::size_t begin = out_->size();
    if (type == 'B' && at_.peek() == '"') {
        array_bytes();
        return out_->size() - begin;
    }
    std::uint64_t n = 0;
    open('[');
    if (at_.take(']')) return 0;
    do {
        enter(fmt::format("[{}]", n++));
        values(type);
        leave();
    } while (at_.take(','));
    close(']');
    return n;
}

void FullEncoder::values(char type) {
    if (type == 'L' || type == '[') return content();
    primitive(kind_of(type));
}

void FullEncoder::array_bytes() {
    const char* const begin = at_.at();
    if (spelling_.bytes == java::BytesForm::hex) {
        *out_ += hex();
        return;
    }
    std::string plain;
    const bool escaped = json::unescape(at_.string().inside, plain, json::LoneSurrogate::keep).has_value();
    const auto bytes = escaped ? std::nullopt : text::from_base64(plain);
    if (!bytes) {
        at_.move_to(begin);
        refuse("base64");
    }
    *out_ += *bytes;
}

}  // namespace bradawl::objects
