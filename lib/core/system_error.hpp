#pragma once

#include "core/error.hpp"

namespace bradawl {

/// An Error of `fault` that says `what: <the text of errno value `code`>`.
Error system_error(Fault fault, std::string_view what, int code);

}  // namespace bradawl
