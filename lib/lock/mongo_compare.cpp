#include "lock/mongo_compare.hpp"

#include <array>

#include "json/writer.hpp"
#include "mongo/bson.hpp"
#include "mongo/bson_to_json.hpp"

namespace bradawl::lock {
namespace {

constexpr StoreTime a_millisecond = 1'000'000;

// All that a client which takes, renews or frees the lock changes.
constexpr std::array<std::string_view, 6> telling{"locked", "timestamp", "expire", "token", "nonce", "slots"};

void write_date(json::Writer& writer, std::string_view key, std::int64_t milliseconds) {
    writer.key(key);
    writer.begin_object();
    writer.key("$date");
    writer.begin_object();
    writer.key("$numberLong");
    writer.string(std::to_string(milliseconds));
    writer.end_object();
    writer.end_object();
}

void write_long(json::Writer& writer, std::string_view key, std::uint64_t value) {
    writer.key(key);
    writer.begin_object();
    writer.key("$numberLong");
    writer.string(std::to_string(value));
    writer.end_object();
}

// The fields that a lock and a place of a semaphore share, but for the token.
void write_place(json::Writer& writer, const Place& place) {
    writer.key("nonce");
    writer.string(place.who.nonce);
    writer.key("owner");
    writer.string(place.who.owner);
    writer.key("host");
    writer.string(place.who.host);
    writer.key("pid");
    writer.integer(place.who.pid);
    write_date(writer, "timestamp", place.renewed / a_millisecond);
    writer.key("expire");
    writer.number(std::chrono::duration<double>(Duration(place.lease)).count());
    if (place.who.acquired) write_date(writer, "acquired", place.who.acquired->time_since_epoch().count());
}

// An element by itself, as `"key":value`.
std::string member_of(const mongo::BsonElement& element) {
    std::string document(4, '\0');
    document.append(element.bytes).push_back('\0');
    mongo::store(document.data(), static_cast<std::uint32_t>(document.size()));
    std::string json;
    mongo::bson_to_json(document, mongo::JsonForm::canonical, mongo::PrintId::yes, json);
    return json.substr(1, json.size() - 2);
}

// All members of a lock document but its `_id`.
std::string members_of(const Record& record) {
    std::string members;
    json::Writer writer(members);
    const bool is_mutex = record.count == 1 && !record.places.empty();
    writer.begin_object();
    write_long(writer, "token", record.token);
    writer.key("locked");
    writer.boolean(is_mutex);
    if (is_mutex) {
        write_place(writer, record.places.front());
    } else {
        for (const std::string_view key : {"nonce", "owner", "host", "pid", "timestamp", "expire"}) {
            writer.key(key);
            writer.null();
        }
    }
    writer.key("n");
    writer.integer(record.count);
    writer.key("slots");
    writer.begin_array();
    for (const Place& place : record.places) {
        if (is_mutex) break;
        writer.begin_object();
        write_place(writer, place);
        write_long(writer, "token", place.who.token);
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    return members.substr(1, members.size() - 2);
}

}  // namespace

std::string query_for(std::string_view document, const std::string& name) {
    std::string query = R"({"_id":)";
    json::Writer(query).string(name);
    for (const std::string_view key : telling) {
        const mongo::BsonElement element = mongo::find_element(document, key);
        query += ',';
        query += element.bytes.empty() ? "\"" + std::string(key) + R"(":{"$exists":false})" : member_of(element);
    }
    return query += '}';
}

std::string update_to(const Record& record) {
    return R"({"$set":{)" + members_of(record) + "}}";
}

std::string new_document(const Record& record) {
    std::string document = R"({"_id":)";
    json::Writer(document).string(record.name);
    return document + "," + members_of(record) + "}";
}

}  // namespace bradawl::lock
