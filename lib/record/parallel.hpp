#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "java/emitter.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "record/options.hpp"
#include "schema/object_codec.hpp"
#include "schema/schema.hpp"

namespace bradawl::record {

/// What a decoder of an input needs to know.
struct DecodeJob {
    const schema::Schema& schema;
    java::Source& source;
    std::string input;  ///< stands for the source in messages
    const java::Limits& limits;
    const DecodeOptions& options;
    const java::Spelling& spelling;
    /// Makes an object codec, which every thread needs for itself; may make none.
    std::function<std::unique_ptr<schema::ObjectCodec>()> objects;
};

/// Decodes as Decoder::decode() does, with the same output and errors, but spells the records on `threads` threads.
/// This thread finds where records end, hands them out a piece of the input at a time, and puts the lines in order.
/// What is not to be shown whole (skip, limit, each) it decodes alone. Errors: as for Decoder::decode().
void decode_parallel(const DecodeJob& job, unsigned threads, java::Emitter& out);

}  // namespace bradawl::record
