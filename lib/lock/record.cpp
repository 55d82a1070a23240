#include "lock/record.hpp"

#include <algorithm>
#include <utility>

#include "lock/store.hpp"

namespace bradawl::lock {
namespace {

std::vector<Place>::iterator find(Record& record, const std::string& nonce) {
    return std::find_if(record.places.begin(), record.places.end(),
                        [&](const Place& place) { return place.who.nonce == nonce; });
}

std::optional<Duration> left(const Place& place, StoreTime now) {
    if (place.lease < 0) return std::nullopt;
    return Duration(place.renewed + place.lease - now);
}

bool is_over(const Place& place, StoreTime now) {
    return left(place, now).value_or(Duration(1)) <= Duration::zero();
}

}  // namespace

std::optional<std::uint64_t> take(Record& record, const Claim& claim, StoreTime now, WallTime wall) {
    std::vector<Place> live;
    // Our own is ours as long as nobody took it.
    std::copy_if(record.places.begin(), record.places.end(), std::back_inserter(live),
                 [&](const Place& place) { return place.who.nonce == claim.nonce || !is_over(place, now); });
    const bool is_mine = find(record, claim.nonce) != record.places.end();
    if (!is_mine) {
        if (!live.empty() && record.count != claim.count) throw held_otherwise(claim.name, record.count);
        if (live.size() >= claim.count) return std::nullopt;
        const auto floor = static_cast<std::uint64_t>(std::max<std::int64_t>(wall.time_since_epoch().count(), 0));
        record.count = claim.count;
        record.token = std::max(record.token + 1, floor);
        live.push_back({{claim.owner, claim.host, claim.pid, claim.nonce, record.token, wall, {}, {}}, 0, 0});
    }
    record.places = std::move(live);
    const auto own = find(record, claim.nonce);
    own->renewed = now;
    own->lease = claim.lease.count();
    return own->who.token;
}

bool renew(Record& record, const std::string& nonce, std::optional<Duration> lease, StoreTime now) {
    const auto own = find(record, nonce);
    if (own == record.places.end()) return false;
    own->renewed = now;
    if (lease) own->lease = lease->count();
    return true;
}

bool give_back(Record& record, const std::optional<std::string>& nonce) {
    const auto gone = std::remove_if(record.places.begin(), record.places.end(),
                                     [&](const Place& place) { return !nonce || place.who.nonce == *nonce; });
    const bool any = gone != record.places.end();
    record.places.erase(gone, record.places.end());
    return any;
}

State state_of(const Record& record, StoreTime now, WallTime wall) {
    State state;
    state.name = record.name;
    state.token = record.token;
    for (const Place& place : record.places) {
        Holder who = place.who;
        who.left = left(place, now);
        if (who.acquired) who.age = wall - *who.acquired;
        (is_over(place, now) ? state.lapsed : state.holders).push_back(std::move(who));
    }
    if (!record.places.empty()) state.count = record.count;
    return state;
}

}  // namespace bradawl::lock
