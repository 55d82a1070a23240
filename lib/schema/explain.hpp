#pragma once

#include <string>

#include "schema/schema.hpp"

namespace bradawl::schema {

/// A schema in words, for a person: its sections, fields and definitions, a line each, with the bytes they take.
std::string explain(const Schema& schema);

}  // namespace bradawl::schema
