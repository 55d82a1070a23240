#pragma once

#include <memory>

#include "java/options.hpp"
#include "schema/object_codec.hpp"

namespace bradawl::objects {

/// Object streams that stand in other data: the type `object` of a schema. In JSON they have the full style.
class EmbeddedObjects : public schema::ObjectCodec {
public:
    EmbeddedObjects(const java::Spelling& spelling, const java::Limits& limits, bool strict)
        : spelling_(spelling), limits_(limits), strict_(strict) {}

    void decode(java::Source& source, java::Emitter* out) override;
    void encode(std::string_view json, std::string& out) override;

private:
    java::Spelling spelling_;
    java::Limits limits_;
    bool strict_;
};

}  // namespace bradawl::objects
