#pragma once

#include <cstddef>

namespace bradawl::json {

/// What is wrong with a text, and where. `what` is a constant: lower case, no full stop.
struct Problem {
    std::size_t offset;  ///< in bytes from the text's start; the text's size where it ends too early
    const char* what;
};

}  // namespace bradawl::json
