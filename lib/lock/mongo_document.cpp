#include "lock/mongo_document.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "mongo/bson.hpp"

namespace bradawl::lock {
namespace {

constexpr StoreTime a_millisecond = 1'000'000;
constexpr double longest_lease = 1e9;                         // seconds
constexpr std::int64_t latest_timestamp = 8'000'000'000'000;  // milliseconds: the year 2223

using mongo::BsonElement;
using mongo::BsonType;
using std::chrono::milliseconds;

std::string text_at(std::string_view document, std::string_view key) {
    const BsonElement element = mongo::find_element(document, key);
    return element.type == BsonType::string ? std::string(element.text()) : std::string();
}

std::optional<std::int64_t> date_at(std::string_view document, std::string_view key) {
    const BsonElement element = mongo::find_element(document, key);
    if (element.type != BsonType::date) return std::nullopt;
    return mongo::load<std::int64_t>(element.value.data());
}

std::int64_t integer_at(std::string_view document, std::string_view key) {
    return mongo::to_integer(mongo::find_element(document, key), 0);
}

// Seconds, in whatever number type a client stored them.
std::optional<double> seconds_at(std::string_view document, std::string_view key) {
    const BsonElement element = mongo::find_element(document, key);
    if (element.type == BsonType::real) return mongo::load<double>(element.value.data());
    if (element.type == BsonType::int32 || element.type == BsonType::int64)
        return static_cast<double>(mongo::to_integer(element, 0));
    return std::nullopt;
}

Place place_of(std::string_view document) {
    Place place;
    Holder& who = place.who;
    who.owner = text_at(document, "owner");
    who.host = text_at(document, "host");
    who.pid = integer_at(document, "pid");
    who.nonce = text_at(document, "nonce");
    who.token = static_cast<std::uint64_t>(integer_at(document, "token"));
    const auto timestamp = date_at(document, "timestamp");
    const auto expire = seconds_at(document, "expire");
    auto acquired = date_at(document, "acquired");
    if (!acquired || who.nonce.empty()) acquired = timestamp;  // LockerRoom never renews
    if (acquired) who.acquired = WallTime(milliseconds(*acquired));
    // What is longer than any StoreTime has no end.
    constexpr double a_second = 1e9;
    if (timestamp && expire && std::fabs(*expire) < longest_lease && std::llabs(*timestamp) < latest_timestamp) {
        place.renewed = *timestamp * a_millisecond;
        place.lease = std::max<std::int64_t>(0, static_cast<std::int64_t>(*expire * a_second));
    }
    return place;
}

}  // namespace

Record record_of(std::string_view document) {
    Record record;
    if (document.empty()) return record;
    record.name = text_at(document, "_id");
    record.token = static_cast<std::uint64_t>(integer_at(document, "token"));
    const BsonElement locked = mongo::find_element(document, "locked");
    if (locked.type == BsonType::boolean && locked.value.front() != 0) record.places.push_back(place_of(document));
    const BsonElement slots = mongo::find_element(document, "slots");
    if (slots.type != BsonType::array) return record;
    mongo::BsonCursor cursor(slots.value);
    while (cursor.next()) {
        if (cursor.element().type != BsonType::document) continue;
        record.places.push_back(place_of(cursor.element().value));
        record.count = static_cast<std::uint64_t>(std::max<std::int64_t>(integer_at(document, "n"), 1));
    }
    return record;
}

}  // namespace bradawl::lock
