#include "mongo/outage.hpp"

#include <algorithm>

namespace bradawl::mongo {
namespace {

// A driver that says it waited, but was back sooner, did not.
constexpr Duration least_wait = std::chrono::milliseconds(100);

}  // namespace

Outage::Outage(const RetryOptions& options, Clock& clock, const Stop& stop, Random& random, RetryWatcher& watcher)
    : options_(options),
      clock_(clock),
      stop_(stop),
      watcher_(watcher),
      jitter_(options.backoff_base, options.backoff_cap, random) {}

bool Outage::again(const Failure& why) {
    const TimePoint now = clock_.now();
    if (attempts_ == 0) began_ = now;
    ++attempts_;
    const Duration so_far = now - began_;
    if (options_.retry_for <= Duration::zero() || so_far >= options_.retry_for || stop_.requested()) return false;
    // The driver waits for a server as well as we could, and wakes at the moment that there is one.
    const bool waited = why.waited && attempts_ > 1 && now - tried_ >= least_wait;
    const Duration wait = waited ? Duration::zero() : std::min(jitter_.next(), options_.retry_for - so_far);
    watcher_.retrying(why, attempts_, so_far, wait);
    const bool on = wait <= Duration::zero() || clock_.sleep(wait);
    tried_ = clock_.now();
    return on;
}

void Outage::over(std::uint64_t resent) {
    if (attempts_ == 0) return;
    watcher_.recovered(lasted(), resent);
    attempts_ = 0;
    jitter_.reset();
}

Duration Outage::lasted() const {
    return attempts_ == 0 ? Duration::zero() : clock_.now() - began_;
}

}  // namespace bradawl::mongo
