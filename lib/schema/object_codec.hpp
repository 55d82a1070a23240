#pragma once

#include <string>
#include <string_view>

#include "java/emitter.hpp"
#include "java/source.hpp"

namespace bradawl::schema {

/// Reads and writes values of the type `object`. A schema decoder knows no object streams; whoever does gives it one of
/// these.
class ObjectCodec {
public:
    virtual ~ObjectCodec() = default;

    /// Reads one object at `source` and puts it as one JSON value; with no `out` only passes over it.
    /// Errors: java::Malformed.
    virtual void decode(java::Source& source, java::Emitter* out) = 0;

    /// Appends the bytes that `json`, one JSON value as decode() puts it, stands for. Errors: Fault::data.
    virtual void encode(std::string_view json, std::string& out) = 0;
};

}  // namespace bradawl::schema
