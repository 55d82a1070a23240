#include "mongo/collection_reader.hpp"

#include <array>
#include <cmath>

#include "core/error.hpp"
#include "mongo/bson.hpp"
#include "mongo/handles.hpp"
#include "mongo/json_to_bson.hpp"
#include "text/quantity.hpp"

namespace bradawl::mongo {
namespace {

// The types of BSON in the order in which values of different types sort; those of one row sort together (MongoDB
// manual, "Comparison/Sort Order"). A comparison in a query stays within its row.
constexpr std::array<std::array<int, 4>, 13> type_order{{
    {-1},
    {6, 10},
    {1, 16, 18, 19},
    {2, 14},
    {3},
    {4},
    {5},
    {7},
    {8},
    {9},
    {17},
    {11, 12, 13, 15},
    {127},
}};

std::size_t row_of(BsonType type) {
    const int number = type == BsonType::min_key ? -1 : static_cast<int>(type);
    for (std::size_t row = 0; row < type_order.size(); ++row) {
        for (const int one : type_order[row]) {
            if (one == number) return row;
        }
    }
    return type_order.size();
}

bool is_nan(const BsonElement& element) {
    return element.type == BsonType::real && std::isnan(load<double>(element.value.data()));
}

// {_id: {$gt: last}}, or any `_id` of a type that sorts behind that of `last`.
void append_after(bson_t* into, const BsonElement& last, std::string_view document) {
    bson_t either;
    bson_t one;
    bson_t inner;
    BSON_APPEND_ARRAY_BEGIN(into, "$or", &either);
    BSON_APPEND_DOCUMENT_BEGIN(&either, "0", &one);
    BSON_APPEND_DOCUMENT_BEGIN(&one, "_id", &inner);
    if (is_nan(last)) {
        // Not a number sorts before all numbers, but compares with none.
        BSON_APPEND_DOUBLE(&inner, "$gte", -std::numeric_limits<double>::infinity());
    } else {
        const BsonView whole(document);
        bson_iter_t iterator;
        if (bson_iter_init_find(&iterator, whole.get(), "_id")) bson_append_iter(&inner, "$gt", -1, &iterator);
    }
    bson_append_document_end(&one, &inner);
    bson_append_document_end(&either, &one);
    const std::size_t row = row_of(last.type);
    if (row + 1 < type_order.size()) {
        bson_t types;
        BSON_APPEND_DOCUMENT_BEGIN(&either, "1", &one);
        BSON_APPEND_DOCUMENT_BEGIN(&one, "_id", &inner);
        BSON_APPEND_ARRAY_BEGIN(&inner, "$type", &types);
        int index = 0;
        for (std::size_t later = row + 1; later < type_order.size(); ++later) {
            for (const int type : type_order[later]) {
                if (type == 0) continue;
                const std::string key = std::to_string(index++);
                BSON_APPEND_INT32(&types, key.c_str(), type);
            }
        }
        bson_append_array_end(&inner, &types);
        bson_append_document_end(&one, &inner);
        bson_append_document_end(&either, &one);
    }
    bson_append_array_end(into, &either);
}

// Whether a projection leaves the `_id` as it is stored; `drops` is set when it drops it.
bool keeps_id(const BsonElement& id, bool& drops) {
    if (id.bytes.empty()) return true;
    if (id.type == BsonType::boolean) {
        drops = id.value[0] == 0;
        return true;
    }
    const std::int64_t number = to_integer(id, -1);
    drops = number == 0;
    return number >= 0;
}

std::string without_id(std::string_view document) {
    std::string out(4, '\0');
    BsonCursor cursor(document);
    while (cursor.next()) {
        if (cursor.element().key != "_id") out += cursor.element().bytes;
    }
    out += '\0';
    store(out.data(), static_cast<std::uint32_t>(out.size()));
    return out;
}

std::string document_or_empty(const std::string& json, std::string_view option) {
    return document_from_json(json.empty() ? "{}" : json, option);
}

CollectionHandle collection_of(Client& client, const std::string& name) {
    const auto [database, collection] = split_namespace(name, "--from");
    return CollectionHandle(mongoc_client_get_collection(client.impl().client, database.c_str(), collection.c_str()));
}

}  // namespace

CollectionReader::CollectionReader(const FindOptions& options, const RetryOptions& retries, Client& client,
                                   Clock& clock, const Stop& stop, Random& random, RetryWatcher& watcher)
    : options_(options),
      client_(client),
      stop_(stop),
      outage_(retries, clock, stop, random, watcher),
      filter_(document_or_empty(options.filter, "--filter")),
      sort_(document_or_empty(options.sort, "--sort")),
      projection_(document_or_empty(options.projection, "--projection")) {
    split_namespace(options.from, "--from");
    const bool retrying = retries.retry_for > Duration::zero();
    if (!options.sort.empty() || !retrying) return;
    bool drops = false;
    if (!keeps_id(find_element(projection_, "_id"), drops)) return;
    resume_ = Resume::by_id;
    sort_ = document_from_json(R"({"_id":1})", "--sort");
    if (drops) {
        extra_id_ = true;
        projection_ = without_id(projection_);
    }
}

std::uint64_t CollectionReader::read(const DocumentSink& sink) {
    for (;;) {
        Failure failure;
        if (read_on(sink, failure)) return delivered_;
        if (failure.kind != FailureKind::transient) give_up(failure);
        if (delivered_ > 0 && resume_ == Resume::never) {
            throw Error(Fault::again,
                        "the cursor was lost after " + std::to_string(delivered_) + " documents: " + failure.message,
                        "without --sort and with --retry-for it could be opened again where it was");
        }
        sink.pause();
        if (!outage_.again(failure)) {
            if (stop_.requested()) return delivered_;
            give_up(failure);
        }
        if (options_.limit != 0 && delivered_ >= options_.limit) return delivered_;
    }
}

// Opens a cursor behind the last document and reads it to its end; false when it fails.
bool CollectionReader::read_on(const DocumentSink& sink, Failure& failure) {
    const CollectionHandle collection = collection_of(client_, options_.from);
    const std::string filter_bytes = filter_after_last();
    const std::string option_bytes = read_options();
    const BsonView filter(filter_bytes);
    const BsonView options(option_bytes);
    CommandWatch watch;
    const CursorHandle cursor(mongoc_collection_find_with_opts(collection.get(), filter.get(), options.get(), nullptr));
    const bson_t* document = nullptr;
    for (std::uint64_t in_reply = 0; !stop_.requested() && mongoc_cursor_next(cursor.get(), &document);) {
        outage_.over();
        const std::string_view bytes = bytes_of(*document);
        sink.document(bytes);
        ++delivered_;
        if (resume_ == Resume::by_id) last_id_ = find_element(bytes, "_id").bytes;
        if (++in_reply == options_.batch) {
            in_reply = 0;
            sink.pause();
        }
    }
    bson_error_t error{};
    const bson_t* reply = nullptr;
    if (!mongoc_cursor_error_document(cursor.get(), &error, &reply)) {
        outage_.over();
        return true;
    }
    failure = watch.failure(error, reply == nullptr ? std::string_view() : bytes_of(*reply));
    return false;
}

std::string CollectionReader::filter_after_last() const {
    if (last_id_.empty()) return filter_;
    std::string last(4, '\0');
    last += last_id_;
    last += '\0';
    store(last.data(), static_cast<std::uint32_t>(last.size()));
    Bson both;
    bson_t parts;
    bson_t part;
    const BsonView asked(filter_);
    BSON_APPEND_ARRAY_BEGIN(both.get(), "$and", &parts);
    BSON_APPEND_DOCUMENT(&parts, "0", asked.get());
    BSON_APPEND_DOCUMENT_BEGIN(&parts, "1", &part);
    append_after(&part, find_element(last, "_id"), last);
    bson_append_document_end(&parts, &part);
    bson_append_array_end(both.get(), &parts);
    return std::string(both.bytes());
}

std::string CollectionReader::read_options() const {
    Bson options;
    const BsonView sort(sort_);
    const BsonView projection(projection_);
    if (!bson_empty(sort.get())) BSON_APPEND_DOCUMENT(options.get(), "sort", sort.get());
    if (!bson_empty(projection.get())) BSON_APPEND_DOCUMENT(options.get(), "projection", projection.get());
    if (options_.limit != 0) {
        BSON_APPEND_INT64(options.get(), "limit", static_cast<std::int64_t>(options_.limit - delivered_));
    }
    if (options_.skip != 0 && delivered_ == 0) {
        BSON_APPEND_INT64(options.get(), "skip", static_cast<std::int64_t>(options_.skip));
    }
    BSON_APPEND_INT64(options.get(), "batchSize", static_cast<std::int64_t>(options_.batch));
    return std::string(options.bytes());
}

std::uint64_t CollectionReader::count() {
    const CollectionHandle collection = collection_of(client_, options_.from);
    const BsonView filter(filter_);
    for (;;) {
        CommandWatch watch;
        Reply reply;
        bson_error_t error{};
        const std::int64_t found =
            mongoc_collection_count_documents(collection.get(), filter.get(), nullptr, nullptr, reply.fresh(), &error);
        if (found >= 0) {
            outage_.over();
            return static_cast<std::uint64_t>(found);
        }
        const Failure failure = watch.failure(error, reply.bytes());
        if (failure.kind != FailureKind::transient || !outage_.again(failure)) give_up(failure);
    }
}

void CollectionReader::give_up(const Failure& failure) const {
    std::string more;
    if (failure.kind == FailureKind::transient && outage_.attempts() > 1) {
        more = "gave up after " + text::describe_duration(outage_.lasted());
    }
    if (delivered_ > 0) {
        if (!more.empty()) more += ": ";
        more += std::to_string(delivered_) + " documents were read";
    }
    throw to_error(failure, "cannot read " + options_.from, more);
}

}  // namespace bradawl::mongo
