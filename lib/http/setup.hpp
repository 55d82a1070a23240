#pragma once

#include <optional>

#include "http/handles.hpp"
#include "http/oauth1.hpp"
#include "http/request.hpp"

namespace bradawl::http {

/// Puts everything that `request` says on `easy`, but for the callbacks. `headers` and `resolve` must outlive it.
/// Errors: Fault::usage for what libcurl will not take.
void set_up(CURL* easy, const Request& request, const std::optional<OAuth1Moment>& moment, StringList& headers,
            StringList& resolve);

}  // namespace bradawl::http
