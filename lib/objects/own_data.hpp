#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "java/malformed.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "record/walk.hpp"
#include "schema/object_codec.hpp"
#include "schema/schema.hpp"

namespace bradawl::objects {

/// Schemas of what classes write by themselves, in writeObject or writeExternal.
class ClassSchemas {
public:
    ClassSchemas() = default;

    /// `texts`: each `pkg.Class = FIELDS`. Errors: Fault::usage.
    explicit ClassSchemas(const std::vector<std::string>& texts);

    /// The schema of a class; null when there is none.
    const schema::Schema* find(std::string_view name) const;

private:
    void add(const std::string& text);

    std::map<std::string, std::shared_ptr<const schema::Schema>, std::less<>> schemas_;
};

/// Data that a class wrote by itself and a schema tells of. Here the form reads, instead of being told: primitives from
/// `source`, and objects by next_content(), which tells the form of the content that stands next.
struct OwnData {
    const schema::Schema& schema;
    java::Source& source;
    std::function<void()> next_content;
    const java::Limits& limits;
    bool strict;

    /// Reads one record into `sink`. `object`: called for every value of the type `object`, with the emitter that its
    /// JSON goes to; it calls next_content(). `bare`: without braces. Errors: java::Malformed, which tells the field.
    template <class Sink>
    void read(Sink& sink, std::function<void(java::Emitter*)> object, bool bare = false);

    /// Passes over one record.
    void pass();
};

/// Gives values of the type `object` to a function.
class ObjectHook : public schema::ObjectCodec {
public:
    explicit ObjectHook(std::function<void(java::Emitter*)> object) : object_(std::move(object)) {}
    void decode(java::Source&, java::Emitter* out) override { object_(out); }
    void encode(std::string_view, std::string&) override {}

private:
    std::function<void(java::Emitter*)> object_;
};

}  // namespace bradawl::objects
