#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace bradawl::http {

/// What a stream's reader wants to know of a response's head.
struct Head {
    int status = 0;
    std::string content_type;                         ///< lower case, without parameters
    std::string content_encoding;                     ///< lower case
    bool chunked = false;                             ///< the body's end is marked
    std::optional<std::chrono::seconds> retry_after;  ///< when given as a delta (RFC 9110 section 10.2.3)
    std::optional<WallTime> retry_at;                 ///< from a Retry-After date or x-rate-limit-reset

    /// Takes one header line, `Name: value`; a status line begins a new head (of a redirect's target, say).
    void take(std::string_view line);
};

}  // namespace bradawl::http
