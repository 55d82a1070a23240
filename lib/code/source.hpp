#pragma once

#include <string>
#include <vector>

#include "code/language.hpp"
#include "learn/model.hpp"

namespace bradawl::code {

/// A model as source code that needs nothing else: for C99, a function and the classes' names; for POSIX awk, a script
/// that reads CSV with a header; for SQL, a query over a table of rows; for ONNX, the bytes of a graph. `symbol`: name
/// of the function or the table. `kept`: columns of that table beside the answers; none: those that the model reads.
/// Errors: Fault::usage for a symbol that is no name there.
std::string source_of(const learn::Model& model, Language language, const std::string& symbol,
                      const std::vector<std::string>& kept);

}  // namespace bradawl::code
