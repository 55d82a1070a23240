#pragma once

#include <optional>
#include <string>

#include "core/clock.hpp"
#include "core/error.hpp"
#include "http/transfer.hpp"

namespace bradawl::feed {

/// The kind of a failure that another attempt may mend; each has its ladder of waits (`auth` climbs the HTTP ladder).
enum class Trouble { network, http, limit, auth };

/// What the end of a connection means.
struct Verdict {
    enum class Kind {
        ended,  ///< the server ended the stream in good order
        retry,
        fatal
    };
    Kind kind = Kind::retry;
    Trouble trouble = Trouble::network;
    Fault fault = Fault::unavailable;  ///< of the error when it is fatal, or when the attempts are used up
    std::string text;                  ///< lower case, no full stop
    std::string hint;
    std::optional<Duration> server_wait;  ///< the least wait that the server asked for
};

/// Judges how a transfer ended. Statuses: 408, 425, 5xx are worth a retry, 420 and 429 on the longest ladder, 401 and
/// 403 a few times, 204 ends the stream; every other one is fatal. `trusted_before`: records came over TLS earlier in
/// this run, so that a certificate that does not verify now may be a passing thing.
Verdict judge(const http::Outcome& outcome, const http::Head& head, WallTime now, bool trusted_before);

}  // namespace bradawl::feed
