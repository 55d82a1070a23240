#pragma once

// The body of OwnData's template, for the forms that make one for a sink of theirs.
#include "objects/own_data.hpp"
#include "record/walk_arrays.hpp"
#include "record/walk_values.hpp"

namespace bradawl::objects {

template <class Sink>
void OwnData::read(Sink& sink, std::function<void(java::Emitter*)> object, bool bare) {
    ObjectHook hook(std::move(object));
    record::Walk walk(schema, source, limits, strict, &hook);
    try {
        walk.record(schema.record(), sink, {}, bare);
    } catch (const java::Malformed& error) {
        if (walk.where().empty()) throw;
        throw java::Malformed(error.offset(), walk.where() + ": " + error.text());
    }
}

}  // namespace bradawl::objects
