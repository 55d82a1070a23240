#include "lock/session.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/printable.hpp"

namespace bradawl::lock {
namespace {

constexpr Duration longest_good_bye = std::chrono::seconds(10);

}  // namespace

Session::Session(const StoreOptions& store, const ClaimOptions& claim, std::uint64_t seed, Clock& clock,
                 const Stop& stop, WaitWatcher& watcher)
    : stop_(stop),
      random_(seed),
      claim_{claim.name,  fmt::format("{:016x}{:016x}", random_.next(), random_.next()),
             claim.owner, claim.host,
             claim.pid,   claim.lease,
             claim.count},
      store_(open_store(store, clock, stop)),
      waiter_(*store_, clock, stop, random_, watcher) {}

void Session::renew(const std::string& nonce, std::optional<Duration> lease, Duration wait) {
    if (waiter_.renew(claim_.name, nonce, lease, wait) || stop_.requested()) return;
    throw Error(Fault::permission, text::printable(claim_.name) + ": not held under this nonce");
}

void Session::release(const std::optional<std::string>& nonce, Duration wait) {
    if (waiter_.release(claim_.name, nonce, wait) || stop_.requested()) return;
    if (!nonce) throw Error(Fault::some_failed, text::printable(claim_.name) + ": nobody holds it");
    throw Error(Fault::permission, text::printable(claim_.name) + ": not held under this nonce");
}

State Session::look() {
    State unknown;
    unknown.name = claim_.name;
    return waiter_.look(claim_.name, false).value_or(unknown);
}

void Session::list(const std::string& prefix, Listed which, const std::function<void(const State&)>& each) {
    store_->list(prefix, [&](const State& state) {
        const bool wanted = which == Listed::held ? !state.holders.empty() : !state.lapsed.empty();
        if (wanted || which == Listed::all) each(state);
    });
}

void Session::require_current(std::uint64_t token) {
    const auto state = waiter_.look(claim_.name, true);
    if ((state && state->is_current(token)) || stop_.requested()) return;
    throw Error(Fault::permission,
                text::printable(claim_.name) + ": token " + std::to_string(token) + " is not current");
}

void Session::hand_out(io::Output& out, const std::string& text) {
    try {
        out.write(text);
        out.flush();
    } catch (const Error&) {
        give_back();
        throw;
    }
}

std::optional<Error> Session::give_back() {
    try {
        waiter_.release(claim_.name, claim_.nonce, std::min(claim_.lease, longest_good_bye));
        return std::nullopt;
    } catch (const Away& away) {
        return away;
    }
}

}  // namespace bradawl::lock
