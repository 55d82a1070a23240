#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "java/malformed.hpp"
#include "java/mutf8.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "record/here.hpp"
#include "record/json_sink.hpp"
#include "schema/object_codec.hpp"
#include "schema/schema.hpp"
#include "schema/scope.hpp"

namespace bradawl::record {

/// As many lines as were asked for have been shown; thrown by a Walk from the middle of a record.
struct Enough {};

/// Reads the bytes that a schema describes, checks them, and tells a sink (SilentSink lists what that has) of every
/// value. Recursion follows the nesting of values, which Limits::depth bounds.
class Walk {
public:
    /// All are used as long as this lives; `objects` may be null when the schema has no `object`.
    Walk(const schema::Schema& schema, java::Source& source, const java::Limits& limits, bool strict,
         schema::ObjectCodec* objects);

    /// Reads the fields of a section as one record. `before`: members already spelled that come first in its JSON.
    /// `bare`: its JSON has no braces. Errors: java::Malformed, and then where() says in what field.
    template <class Sink>
    void record(const schema::Section& section, Sink& sink, std::string_view before = {}, bool bare = false);

    /// The fields of the next record stay in sight of the expressions of all that follow: it is a header.
    void keep_next() {
        scope_.open();
        kept_ = true;
    }

    /// The path of the field that the last error was about; for sinks, of the value they are told of.
    const std::string& where() const { return where_; }
    std::string path() const { return path_of(here_, schema_); }
    std::uint64_t index() const { return here_ == nullptr ? 0 : static_cast<std::uint64_t>(here_->index); }

    /// How many elements of a `lines` array to pass over, and to show.
    std::uint64_t lines_to_skip = 0;
    std::uint64_t lines_left = ~std::uint64_t{0};

private:
    /// What an expression may ask for of the value just read.
    struct Captured {
        schema::Value::Kind kind = schema::Value::Kind::none;
        std::int64_t integer = 0;
        std::string_view text;
    };

    template <class Sink>
    void fields(const schema::Section& section, Sink& sink, bool first);
    template <class Sink>
    bool show(const schema::Field& field, Sink& sink, bool first);
    template <class Sink>
    void value(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void scalar(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void bits(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void call(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void nested(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void choice(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void maybe(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void region(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void fill(schema::Kind kind, Sink& sink, bool capture);
    template <class Sink>
    void utf(Sink& sink, bool capture);
    template <class Sink>
    void object(Sink& sink);
    template <class Sink>
    void array(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void counted(const schema::Type& type, std::uint64_t n, Sink& sink, bool capture);
    template <class Sink>
    void slots(const schema::Type& type, Sink& sink, bool capture);
    template <class Sink>
    void scalars(schema::Kind kind, std::uint64_t n, Sink& sink);
    template <class Sink>
    void lines(const schema::Type& type, Sink& sink);

    void bind(const schema::Field& field);
    void bind_element();
    [[noreturn]] void cut_run(const schema::Section& section, const schema::Step& step, Here& here);
    void require(std::size_t n, const schema::Type& type) {
        if (!source_.ensure(n)) [[unlikely]]
            truncated(schema::name_of(type.kind), n);
    }
    bool wanted(const schema::Field& field);
    void constant(const schema::Field& field);
    bool another(const schema::Type& type);
    std::uint64_t count_or_size(const schema::Extent& extent, const char* what);
    std::uint64_t region_size(const schema::Extent& extent);
    std::int64_t integer(schema::Kind kind);
    std::int64_t variable(schema::Kind kind);
    std::uint64_t leb128();
    std::int64_t hadoop();
    std::int64_t evaluate(const schema::Expression& expression);
    const schema::Type* arm(const schema::Type& type);
    std::string_view collect();
    void skip_plain(std::uint64_t n, std::uint64_t size, schema::Kind kind);
    void look_at_progress(bool open_end);
    void enter_level();
    void check_boolean(const std::uint8_t* byte);
    [[noreturn]] void malformed_utf(const std::uint8_t* bytes, const java::Mutf8& verdict);
    [[noreturn]] void truncated(const char* what, std::uint64_t needed);
    std::size_t all_left(std::uint64_t needed);
    [[noreturn]] void fail(std::uint64_t offset, const std::string& text);
    [[noreturn]] void fail(const schema::NoValue& why);

    const schema::Schema& schema_;
    java::Source& source_;
    const java::Limits& limits_;
    bool strict_;
    schema::ObjectCodec* objects_;
    schema::Scope scope_;
    Captured captured_;
    const Here* here_ = nullptr;
    bool kept_ = false;
    std::uint64_t depth_ = 0;
    std::uint64_t empty_elements_ = 0;  // of this record
    std::string where_;
    std::string collected_;
};

}  // namespace bradawl::record
