#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "java/options.hpp"
#include "objects/embedded.hpp"
#include "schema/schema.hpp"
#include "schema/shipped.hpp"

#include "record/codec.hpp"

/// What the fuzzers of Java's formats share.
namespace bradawl::fuzz {

/// Small enough that no input is slow, and so that limits are met.
inline java::Limits small_limits() {
    java::Limits limits;
    limits.depth = 50;
    limits.bytes = 1 << 20;
    limits.memory = 16 << 20;
    return limits;
}

/// An input whose first line is a schema's text or the name of one that comes along, as `@jks`, and what is behind it.
struct SchemaAndRest {
    std::shared_ptr<const schema::Schema> schema;  ///< null: the text is none
    std::string_view rest;
};

inline SchemaAndRest split(const unsigned char* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t end = all.find('\n');
    if (end == std::string_view::npos) return {nullptr, {}};
    const std::string_view first = all.substr(0, end);
    try {
        const bool shipped = first.starts_with('@');
        return {schema::parse(shipped ? schema::shipped_text(first.substr(1)) : std::string(first), "schema"),
                all.substr(end + 1)};
    } catch (const Error& error) {
        if (error.fault() != Fault::usage) std::abort();
        return {nullptr, {}};
    }
}

/// The spelling is chosen by the length of what is read, so that each is tried.
inline java::Spelling spelling_for(std::size_t length) {
    java::Spelling spelling;
    spelling.longs = static_cast<java::LongForm>(length % 3);
    spelling.bytes = static_cast<java::BytesForm>(length % 2);
    return spelling;
}

/// How data is decoded and encoded, object streams in it too.
class Way {
public:
    explicit Way(std::size_t length) : objects_(spelling_for(length), small_limits(), false) {
        setup.limits = small_limits();
        setup.spelling = spelling_for(length);
        setup.objects = &objects_;
    }
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;

    record::codec::Setup setup;

private:
    objects::EmbeddedObjects objects_;
};

/// What was printed is printed in more bytes than it was read from: a line to encode may be longer than a value to
/// decode.
inline record::codec::Outcome encode_printed(const schema::Schema& schema, std::string_view lines,
                                             record::codec::Setup setup) {
    setup.limits.bytes = std::uint64_t{64} << 20;
    return record::codec::encode(schema, lines, setup);
}

/// Whether encoding was refused for what decoding does not show: the content of a field `_`.
inline bool lacks_hidden_field(const record::codec::Outcome& outcome) {
    return outcome.error.find("a field '_' needs a constant") != std::string::npos;
}

}  // namespace bradawl::fuzz
