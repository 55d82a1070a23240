#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "schema/parser.hpp"
#include "schema/schema.hpp"

namespace bradawl::schema {

/// Finds out what the names of a parsed schema mean: definitions of types, fields that expressions ask for.
/// Errors: Fault::usage.
void resolve(Schema& schema, const Parser& parsed);

/// Hides all that `wish` does not select, by copies of the types along its paths. Errors: Fault::usage.
void project(Schema& schema, const Wish& wish);

/// Works out what decoders and encoders want to know of every type and field: sizes, steps, keys, constants.
/// Errors: Fault::usage.
void prepare(Schema& schema, bool strict);

}  // namespace bradawl::schema
