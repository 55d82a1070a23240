#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"
#include "core/stop.hpp"
#include "feed/observer.hpp"
#include "feed/options.hpp"
#include "io/output.hpp"

namespace bradawl::feed {

/// Why a stream is no longer followed, when nothing went wrong.
enum class End {
    asked_for,  ///< the count or duration is reached
    by_server,  ///< the stream came to its end, and reconnecting is off, or the server answered 204
    stopped     ///< `stop` was asked for
};

struct Result {
    End end = End::asked_for;
    Tally tally;
};

/// Follows a stream of JSON lines: connects, prints each record once it is whole and checked, waits and connects again
/// by the ladders whatever happens, until the count, the duration, a stop or an error. A slow reader of `out` fills a
/// bounded queue, then the server waits; the stall clock stands still meanwhile.
///
/// `out` gets whole records only; `rejects` (may be null) the lines that are not JSON. Both are flushed on return, also
/// by an error, but not closed.
/// Errors: Fault::unavailable (fatal status, attempts used up), permission (401, 403), usage (the URL or a file of the
/// request), data (a bad line with OnInvalid::fail, a web page instead of a stream), again (dropped with reconnecting
/// off), io.
Result follow(const Options& options, io::Output& out, io::Output* rejects, Clock& clock, const Stop& stop,
              Random& random, Observer& observer);

}  // namespace bradawl::feed
