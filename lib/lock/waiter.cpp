#include "lock/waiter.hpp"

#include <algorithm>

#include "retry/jitter.hpp"

namespace bradawl::lock {
namespace {

using std::chrono::milliseconds;

constexpr double operations_a_second = 4;
constexpr double operations_at_once = 4;

// How long a request whose fate is unknown is sent again even when there is no time to wait.
constexpr Duration settling = std::chrono::seconds(2);

}  // namespace

void Waiter::begin(Duration wait) {
    const TimePoint now = clock_.now();
    until_ = wait >= TimePoint::max() - now ? TimePoint::max() : now + wait;
    paid_ = now;
    allowance_ = operations_at_once;
    loose_ = false;
    told_.clear();
}

Duration Waiter::between(int least_ms, int spread_ms) {
    return std::chrono::duration_cast<Duration>(
        std::chrono::duration<double, std::milli>(least_ms + spread_ms * random_.unit()));
}

// Asks until there is an answer. False when a stop is asked for; throws the last Away when the time is over.
template <class Ask>
bool Waiter::ask(Ask ask) {
    retry::FullJitter jitter(milliseconds(20), milliseconds(500), random_);
    std::optional<TimePoint> failing_since;
    for (;;) {
        try {
            allowance_ -= 1;
            ask();
            return true;
        } catch (const Away& away) {
            const TimePoint now = clock_.now();
            loose_ = loose_ || away.uncertain();
            if (!failing_since) {
                failing_since = now;
                if (now < until_) watcher_.away(away);
            }
            const TimePoint end = away.uncertain() ? std::max(until_, *failing_since + settling) : until_;
            if (now >= end) throw;
            if (!clock_.sleep(std::min(jitter.next(), end - now))) return false;
        }
    }
}

Outcome Waiter::acquire(const Claim& claim, Duration wait) {
    begin(wait);
    std::optional<State> seen;
    bool tried_late = false;
    try {
        for (;;) {
            if (!seen || seen->free()) {
                std::optional<Lease> lease;
                if (!ask([&] { lease = try_once(claim); })) break;
                if (lease && !stop_.requested()) return {lease, {}, false};
                loose_ = loose_ || lease.has_value();
            }
            if (stop_.requested() || !ask([&] { seen = store_.look(claim.name, false); })) break;
            if (seen && !seen->free() && !seen->holders.empty() && told_ != seen->holders.front().nonce && !over()) {
                told_ = seen->holders.front().nonce;
                watcher_.busy(*seen);
            }
            // Free by now: a try at once, on credit, or others come first; one more even when the time is over.
            const bool may_try = !seen || seen->free();
            const bool has_credit = allowance_ > -operations_at_once / 2;
            if (may_try ? tried_late || (!has_credit && !earn()) : over() || !pause(claim.name, *seen)) break;
            tried_late = over();
        }
    } catch (const Away&) {
        give_up(claim, {});
        throw;
    }
    return give_up(claim, seen.value_or(State{}));
}

std::optional<Lease> Waiter::try_once(const Claim& claim) {
    for (;;) {
        const TimePoint asked = clock_.now();
        const auto token = store_.acquire(claim);
        if (!token) return std::nullopt;
        // We were stopped, or the way was slow: what is left of the lease is not worth beginning with. It is ours still
        // or we lose it, the same request tells.
        if (clock_.now() < asked + claim.lease / 2 || stop_.requested()) return Lease{*token, asked};
    }
}

// What a request of ours that nobody answered may have got, or gets while we are leaving, is given back; if that fails
// too, its lease bounds the harm.
Outcome Waiter::give_up(const Claim& claim, State seen) {
    if (loose_) {
        try {
            store_.release(claim.name, claim.nonce);
        } catch (const Away&) {
        }
    }
    return {std::nullopt, std::move(seen), stop_.requested()};
}

bool Waiter::renew(const std::string& name, const std::string& nonce, std::optional<Duration> lease, Duration wait) {
    begin(wait);
    bool held = false;
    return ask([&] { held = store_.renew(name, nonce, lease); }) && held;
}

bool Waiter::release(const std::string& name, const std::optional<std::string>& nonce, Duration wait) {
    begin(wait);
    bool was_held = false;
    return ask([&] { was_held = store_.release(name, nonce); }) && (was_held || loose_);
}

std::optional<State> Waiter::look(const std::string& name, bool fresh) {
    begin(Duration::zero());
    std::optional<State> state;
    ask([&] { state = store_.look(name, fresh); });
    return state;
}

bool Waiter::wait_until(const std::string& name, bool held, Duration wait) {
    begin(wait);
    for (;;) {
        std::optional<State> seen;
        if (!ask([&] { seen = store_.look(name, false); })) return false;
        const bool is_held = seen && !seen->holders.empty();
        const bool is_free = !seen || seen->free();
        if (held ? is_held : is_free) return true;
        if (is_held && told_.empty() && !over()) {
            told_ = name;
            watcher_.busy(*seen);
        }
        if (over() || !pause(name, seen.value_or(State{}))) return false;
    }
}

// Until the lock may be free. False when a stop is asked for.
bool Waiter::pause(const std::string& name, const State& seen) {
    Duration gap = between(250, 50);
    const auto end = seen.next_end();
    if (end && *end < gap) gap = std::max(*end, Duration::zero()) + between(1, 20);
    gap = std::min(gap, until_ - clock_.now());
    return (gap <= Duration::zero() || store_.wait_for_change(name, gap)) && earn();
}

// Until there is an operation to spend, or the time is over. False when a stop is asked for.
bool Waiter::earn() {
    count_allowance();
    if (allowance_ >= 1 || over()) return !stop_.requested();
    const std::chrono::duration<double> missing((1 - allowance_) / operations_a_second);
    const bool on = clock_.sleep(std::chrono::duration_cast<Duration>(missing));
    count_allowance();
    return on;
}

void Waiter::count_allowance() {
    const TimePoint now = clock_.now();
    const double seconds = std::chrono::duration<double>(now - paid_).count();
    allowance_ = std::min(allowance_ + seconds * operations_a_second, operations_at_once);
    paid_ = now;
}

}  // namespace bradawl::lock
