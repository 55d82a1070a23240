#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "java/options.hpp"
#include "json/cursor.hpp"
#include "record/here.hpp"
#include "schema/object_codec.hpp"
#include "schema/schema.hpp"
#include "schema/scope.hpp"

namespace bradawl::record {

/// Writes the bytes that JSON stands for, by the schema that a Walk reads them with. Members may stand in any order.
/// What decoding finds out by itself may be absent: constants, counts and sizes of what is there, null.
class Encoder {
public:
    /// All are used as long as this lives; `objects` may be null. `wrap`: numbers out of range are narrowed as Java
    /// does it, instead of refused.
    Encoder(const schema::Schema& schema, const java::Spelling& spelling, const java::Limits& limits, bool wrap,
            schema::ObjectCodec* objects);

    /// Appends the bytes of a section to `out`; at an error `out` is as it was. `json`: an object that json::check
    /// accepted. `others`: a section whose members may stand in the same object; null: no others may.
    /// Errors: Fault::data, as `.v[3]: "abc" is no float`.
    void add(const schema::Section& section, std::string_view json, std::string& out,
             const schema::Section* others = nullptr);

    /// The fields of the next section stay in sight of the expressions of all that follow: it is a header.
    void keep_next() {
        scope_.open();
        kept_ = true;
    }

private:
    struct Member {
        json::Cursor::Raw name;
        const char* value;
        bool used;
    };
    /// One JSON object while its fields are looked for.
    struct Object {
        const char* begin;        // behind the brace
        bool in_order = true;     // so far its members came as the schema has them
        bool first = true;        // none was taken
        std::size_t members = 0;  // when not in order: where in members_ its own begin
        const char* end = nullptr;
    };

    struct Captured {
        schema::Value::Kind kind = schema::Value::Kind::none;
        std::int64_t integer = 0;
        std::string_view text;
    };

    // Objects (encoder.cpp).
    void fields(const schema::Section& section, const schema::Section* others);
    void field(const schema::Field& field, Object& object, const schema::Section& section);
    bool find(const schema::Field& field, Object& object);
    bool search(const schema::Field& field, Object& object);
    void list_members(Object& object);
    void close(Object& object, const schema::Section* others);
    static bool is_name(const json::Cursor::Raw& raw, std::string_view name);
    void absent(const schema::Field& field, Object& object);
    void count(const schema::Field& field, Object& object);
    void bind(const schema::Field& field);
    bool wanted(const schema::Field& field);

    // Values (encode_value.cpp).
    void value(const schema::Type& type, bool capture);
    void scalar(schema::Kind kind);
    void put_integer(schema::Kind kind, std::int64_t value, bool beyond_int64);
    void put_bits(std::uint64_t bits, std::size_t size);
    void put_variable(schema::Kind kind, std::int64_t value);
    void boolean();
    void character();
    void real(schema::Kind kind);
    std::int64_t integer(schema::Kind kind, bool& beyond_int64);
    void bits(const schema::Type& type, bool capture);
    void call(const schema::Type& type, bool capture);
    void nested(const schema::Type& type, bool capture);
    void array(const schema::Type& type, bool capture);
    void elements(const schema::Type& type, bool capture);
    void element(const schema::Type& type, bool capture);
    void bind_element();
    void look_at_progress(const schema::Extent& extent);
    std::int64_t first_place(const schema::Extent& extent, bool capture);
    std::int64_t places(const schema::Type& type, bool capture);
    void region(const schema::Type& type, bool capture);
    void fill_region();
    void look_behind();
    void size_in_front(const schema::Extent& extent, std::size_t at, std::uint64_t n, const char* what);
    std::size_t leave_room(const schema::Extent& extent);

    // Texts (encode_text.cpp).
    void utf(bool capture);
    void fill(schema::Kind kind, bool capture);
    void capture_text(std::size_t begin);
    void text(schema::Kind kind);
    bool tagged(std::string_view tag, std::string& out);

    std::int64_t evaluate(const schema::Expression& expression);
    void enter_level();
    std::string shown() const;
    [[noreturn]] void fail(const std::string& what) const;
    [[noreturn]] void refuse(const char* what) const;

    const schema::Schema& schema_;
    java::Spelling spelling_;
    java::Limits limits_;
    bool wrap_;
    schema::ObjectCodec* objects_;
    json::Cursor at_{""};
    const char* value_ = nullptr;  // where the value in work begins, for messages
    schema::Scope scope_;
    Captured captured_;
    const Here* here_ = nullptr;
    std::uint64_t depth_ = 0;
    std::uint64_t empty_elements_ = 0;  // of this record
    bool kept_ = false;
    std::string* out_ = nullptr;
    static constexpr std::size_t nowhere = std::string::npos;
    std::size_t filled_ = nowhere;  // the end of what takes all of its region, so that nothing may follow
    bool ended_ = false;            // something takes all of the output
    std::vector<Member> members_;
    std::string scratch_;
};

}  // namespace bradawl::record
