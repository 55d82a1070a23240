#include "lock/mongo_link.hpp"

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "json/writer.hpp"
#include "lock/store.hpp"
#include "mongo/bson.hpp"
#include "mongo/json_to_bson.hpp"

namespace bradawl::lock {
namespace {

using mongo::BsonType;
using mongo::Failure;
using mongo::FailureKind;
using std::chrono::milliseconds;

constexpr int duplicate_key = 11000;
constexpr int pipelines_since = 8;  // wire version of MongoDB 4.2
constexpr std::string_view weak_hint = "see CAVEATS in mlock(1); --allow-weak takes it all the same";

// What servers say that know no update pipelines: CommandNotFound, CommandNotSupported, NotImplemented.
constexpr std::array unable_codes{59, 115, 238};

// FailedToParse, as DocumentDB says in its first moments of a $$NOW that it knows very well a moment later.
constexpr int not_parsed = 9;

// No such majority, or none that can be met; BadValue for a journal that is not there.
constexpr std::array weak_codes{2, 79, 100};

template <std::size_t size>
bool is_one_of(int code, const std::array<int, size>& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

mongo::ConnectionDefaults timeouts(const StoreOptions& options) {
    mongo::ConnectionDefaults defaults;
    defaults.application = "mlock";
    defaults.longest_timeout = std::chrono::seconds(10);
    if (options.timeout.count() > 0)
        defaults.longest_timeout = std::min(defaults.longest_timeout, std::chrono::ceil<milliseconds>(options.timeout));
    defaults.socket_timeout = defaults.longest_timeout;
    return defaults;
}

std::string collection_of(const StoreOptions& options) {
    if (!options.collection.empty()) return options.collection;
    return options.compat_lockerroom ? "locks.locks" : "locks.mlock";
}

const mongo::Uri& require_strong(const mongo::Uri& uri, bool allow_weak) {
    const std::string w = uri.option("w");
    if (allow_weak || ((w.empty() || w == "majority") && uri.option("journal") != "false")) return uri;
    throw Error(Fault::config,
                uri.redacted() +
                    ": a lock that is not on a majority of the members can be given out twice after a "
                    "failover: leave w and journal out of the connection string",
                std::string(weak_hint));
}

}  // namespace

std::string quoted(std::string_view utf8) {
    std::string text;
    json::Writer(text).string(utf8);
    return text;
}

MongoLink::MongoLink(const StoreOptions& options)
    : uri_(options.store),
      allow_weak_(options.allow_weak),
      where_(uri_.redacted()),
      write_concern_(R"(,"writeConcern":{"w":"majority","j":true,"wtimeout":)" +
                     std::to_string(timeouts(options).socket_timeout.count()) + "}"),
      collection_(mongo::split_namespace(collection_of(options), "--collection")),
      pool_(driver_, require_strong(uri_, options.allow_weak), timeouts(options)),
      client_(pool_),
      commands_(client_, collection_.first) {
    // The driver's own concern, that of the connection string, is for those who asked for less.
    if (allow_weak_) write_concern_.clear();
}

bool MongoLink::server_decides() {
    if (!facts_) {
        mongo::ServerFacts facts;
        if (const auto failure = commands_.server(facts)) fail(*failure);
        facts_ = facts;
    }
    if (facts_->wire_version >= pipelines_since) return true;
    if (allow_weak_) return false;
    throw Error(Fault::config,
                where_ + ": the server speaks wire version " + std::to_string(facts_->wire_version) +
                    " and cannot decide by itself who holds a lock, which needs 8 (MongoDB 4.2)",
                std::string(weak_hint));
}

mongo::CommandAnswer MongoLink::write(const std::string& command) {
    return commands_.write(mongo::document_from_json(command, "command"));
}

std::string MongoLink::change(const std::string& query, const std::string& update, bool upsert) {
    std::string text = R"({"findAndModify":)" + quoted(collection_.second) + R"(,"query":)" + query;
    text.append(R"(,"update":)").append(update).append(R"(,"new":true)");
    text.append(upsert ? R"(,"upsert":true)" : "").append(write_concern_).append("}");
    mongo::CommandAnswer answer = write(text);
    // Two that were the first ever to ask for this name: the next try finds what the other made.
    for (int tries = 0; tries < 10 && answer.failure && answer.failure->code == duplicate_key; ++tries)
        answer = write(text);
    // A write that a majority has not confirmed in time is neither done nor undone: the same again will tell.
    if (answer.failure) fail(*answer.failure);
    const mongo::BsonElement value = mongo::find_element(answer.reply, "value");
    return value.type == BsonType::document ? std::string(value.value) : std::string();
}

bool MongoLink::insert(const std::string& document) {
    const auto answer = write(R"({"insert":)" + quoted(collection_.second) + R"(,"documents":[)" + document + "]" +
                              write_concern_ + "}");
    if (answer.failure && answer.failure->code != duplicate_key) fail(*answer.failure);
    return !answer.failure && mongo::to_integer(mongo::find_element(answer.reply, "n"), 0) == 1;
}

void MongoLink::read(const std::string& stages, bool fresh, const Each& each) {
    // Linearizable: a primary that was deposed and does not know it yet may not answer by itself.
    const bool linearizable = fresh && facts_ && facts_->in_a_set;
    const std::string text = R"({"aggregate":)" + quoted(collection_.second) + R"(,"pipeline":[)" + stages +
                             R"(,{"$set":{"_now":"$$NOW"}}],"cursor":{})" +
                             (linearizable ? R"(,"readConcern":{"level":"linearizable"},"maxTimeMS":10000})" : "}");
    const auto failure = commands_.for_each(mongo::document_from_json(text, "command"), [&](std::string_view document) {
        const mongo::BsonElement now = mongo::find_element(document, "_now");
        if (now.type != BsonType::date) throw Error(Fault::data, where_ + ": the server tells no time");
        each(document, mongo::load<std::int64_t>(now.value.data()));
    });
    if (failure) fail(*failure);
}

std::int64_t MongoLink::read_plainly(const std::string& name, std::string& document) {
    const auto hello = commands_.read(mongo::document_from_json(R"({"isMaster":1})", "command"));
    if (hello.failure) fail(*hello.failure);
    const mongo::BsonElement now = mongo::find_element(hello.reply, "localTime");
    if (now.type != BsonType::date) throw Error(Fault::data, where_ + ": the server tells no time");
    const std::string text = R"({"find":)" + quoted(collection_.second) + R"(,"filter":{"_id":)" + quoted(name) +
                             R"(},"limit":1,"singleBatch":true})";
    document.clear();
    const auto failure = commands_.for_each(mongo::document_from_json(text, "command"),
                                            [&](std::string_view found) { document = found; });
    if (failure) fail(*failure);
    return mongo::load<std::int64_t>(now.value.data());
}

void MongoLink::fail(const Failure& failure) const {
    const Error error = mongo::to_error(failure, where_);
    // A code that nobody knows of is no reason to give up a lock.
    const bool unknown =
        (failure.kind == FailureKind::data && mongo::name_of(failure.code).empty()) || failure.code == not_parsed;
    if (failure.kind == FailureKind::transient || unknown) throw Away(error, failure.uncertain || unknown);
    if (is_one_of(failure.code, unable_codes)) {
        throw Error(Fault::config, error.text() + ": the server cannot decide by itself who holds a lock",
                    "use MongoDB 4.2 or newer");
    }
    if (is_one_of(failure.code, weak_codes)) throw Error(Fault::config, error.text(), std::string(weak_hint));
    if (failure.kind == FailureKind::data) throw Error(Fault::data, error.text());
    throw error;
}

}  // namespace bradawl::lock
