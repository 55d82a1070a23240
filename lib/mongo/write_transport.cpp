#include "mongo/write_transport.hpp"

#include "core/error.hpp"
#include "mongo/bson.hpp"
#include "mongo/handles.hpp"
#include "text/printable.hpp"

namespace bradawl::mongo {
namespace {

constexpr int read_concern_majority_not_enabled = 148;
constexpr int duplicate_key = 11000;

std::string text_at(std::string_view document, std::string_view key) {
    const BsonElement element = find_element(document, key);
    return element.type == BsonType::string ? std::string(element.text()) : std::string();
}

// Whether a duplicate key error is about `_id`: by keyPattern, or, from servers that send none, by the index's name in
// the message. A message that names no index speaks of the one that every collection has.
bool is_on_id(std::string_view error, std::string_view message) {
    const BsonElement pattern = find_element(error, "keyPattern");
    if (pattern.type == BsonType::document) {
        BsonCursor keys(pattern.value);
        return keys.next() && keys.element().key == "_id" && !keys.next();
    }
    return message.find("index: ") == message.npos || message.find("index: _id_ ") != message.npos ||
           message.find("$_id_ ") != message.npos;
}

WriteError write_error(std::string_view error) {
    WriteError out;
    out.index = static_cast<std::size_t>(to_integer(find_element(error, "index"), 0));
    out.code = static_cast<int>(to_integer(find_element(error, "code"), 0));
    out.code_name = text_at(error, "codeName");
    if (out.code_name.empty()) out.code_name = name_of(out.code);
    out.message = text_at(error, "errmsg");
    out.labels = labels_of(error);
    // 11001 and 12582 are what old servers and routers say for the same.
    if (out.code == 11001 || out.code == 12582) out.code = duplicate_key;
    out.on_id = out.code == duplicate_key && is_on_id(error, out.message);
    return out;
}

Failure concern_failure(std::string_view error) {
    Failure failure;
    failure.code = static_cast<int>(to_integer(find_element(error, "code"), 0));
    failure.code_name = text_at(error, "codeName");
    if (failure.code_name.empty()) failure.code_name = name_of(failure.code);
    failure.message = "not yet confirmed by a majority: " + text::printable(text_at(error, "errmsg"), 300);
    // Only a write concern that this deployment can never meet is beyond hope.
    failure.kind = kind_of(failure.code) == FailureKind::refused ? FailureKind::refused : FailureKind::transient;
    failure.uncertain = true;
    return failure;
}

WriteAnswer answer_of(bool done, const bson_error_t& error, std::string_view reply, const CommandWatch& watch) {
    WriteAnswer answer;
    if (done) return answer;
    const BsonElement errors = find_element(reply, "writeErrors");
    if (errors.type == BsonType::array) {
        BsonCursor cursor(errors.value);
        while (cursor.next())
            answer.errors.push_back(write_error(cursor.element().value));
    }
    const BsonElement concerns = find_element(reply, "writeConcernErrors");
    if (concerns.type == BsonType::array) {
        BsonCursor cursor(concerns.value);
        if (cursor.next()) answer.unconfirmed = concern_failure(cursor.element().value);
    }
    if (answer.errors.empty() && !answer.unconfirmed) {
        answer.failure = watch.failure(error, reply);
    } else if (watch.any_failed()) {
        // The driver split the batch, or sent it twice, and tells of the better part only.
        answer.failure = watch.last_failure();
        if (answer.failure->kind == FailureKind::transient) answer.failure->uncertain = true;
    }
    return answer;
}

std::string_view id_of(std::string_view document) {
    BsonCursor cursor(document);
    if (!cursor.next()) throw Error(Fault::internal, "a document without its _id");
    return cursor.element().bytes;
}

void append_id(bson_t* into, const char* key, std::string_view id) {
    bson_iter_t iterator;
    // The element alone, as a document's only one.
    std::string whole(4, '\0');
    whole += id;
    whole += '\0';
    store(whole.data(), static_cast<std::uint32_t>(whole.size()));
    const BsonView view(whole);
    if (bson_iter_init(&iterator, view.get()) && bson_iter_next(&iterator)) bson_append_iter(into, key, -1, &iterator);
}

struct Pointer {
    const bson_t* document;  // in a struct, since its type has attributes that a template's argument would lose
};

class MongoTransport : public WriteTransport {
public:
    MongoTransport(Client& client, const WriteOptions& options) {
        const auto [database, collection] = split_namespace(options.into, "--into");
        mongoc_client_t* const handle = client.impl().client;
        collection_.reset(mongoc_client_get_collection(handle, database.c_str(), collection.c_str()));
        const mongoc_uri_t* const uri = mongoc_client_get_uri(handle);
        if (!mongoc_uri_has_option(uri, MONGOC_URI_W)) {
            const WriteConcernHandle concern(mongoc_write_concern_copy(mongoc_uri_get_write_concern(uri)));
            mongoc_write_concern_set_w(concern.get(), MONGOC_WRITE_CONCERN_W_MAJORITY);
            if (!mongoc_uri_has_option(uri, MONGOC_URI_WTIMEOUTMS)) {
                const auto limit = std::chrono::ceil<std::chrono::milliseconds>(options.write_timeout);
                mongoc_write_concern_set_wtimeout_int64(concern.get(), limit.count());
            }
            mongoc_collection_set_write_concern(collection_.get(), concern.get());
        }
        // The writer of these documents makes good ones only; the driver would walk each twice to see it.
        BSON_APPEND_BOOL(insert_.get(), "ordered", false);
        BSON_APPEND_BOOL(insert_.get(), "validate", false);
        BSON_APPEND_BOOL(replace_.get(), "upsert", true);
        BSON_APPEND_BOOL(replace_.get(), "validate", false);
    }

    WriteAnswer insert(std::span<const std::string_view> documents) override {
        if (documents.size() > pointers_.size()) {
            views_ = std::make_unique<BsonView[]>(documents.size());
            pointers_.resize(documents.size());
        }
        for (std::size_t i = 0; i < documents.size(); ++i) {
            views_[i].set(documents[i]);
            pointers_[i].document = views_[i].get();
        }
        CommandWatch watch;
        Reply reply;
        bson_error_t error{};
        const bool done = mongoc_collection_insert_many(collection_.get(), &pointers_.front().document,
                                                        documents.size(), insert_.get(), reply.fresh(), &error);
        return answer_of(done, error, reply.bytes(), watch);
    }

    WriteAnswer upsert(std::span<const std::string_view> documents, bool ordered) override {
        Bson options;
        BSON_APPEND_BOOL(options.get(), "ordered", ordered);
        const BulkHandle bulk(mongoc_collection_create_bulk_operation_with_opts(collection_.get(), options.get()));
        bson_error_t error{};
        for (const std::string_view document : documents) {
            const BsonView view(document);
            selector_.assign(4, '\0');
            selector_ += id_of(document);
            selector_ += '\0';
            store(selector_.data(), static_cast<std::uint32_t>(selector_.size()));
            const BsonView selector(selector_);
            if (!mongoc_bulk_operation_replace_one_with_opts(bulk.get(), selector.get(), view.get(), replace_.get(),
                                                             &error)) {
                throw Error(Fault::internal, std::string("a document that the driver refuses: ") + error.message);
            }
        }
        CommandWatch watch;
        Reply reply;
        const bool done = mongoc_bulk_operation_execute(bulk.get(), reply.fresh(), &error) != 0;
        return answer_of(done, error, reply.bytes(), watch);
    }

    std::optional<Failure> find(std::span<const std::string_view> documents, std::vector<std::string>& found) override {
        auto failure = find_at(documents, found, majority_readable_);
        if (failure && failure->code == read_concern_majority_not_enabled && majority_readable_) {
            // A server by itself may not know the concern; there, what is read is all there is.
            majority_readable_ = false;
            failure = find_at(documents, found, false);
        }
        return failure;
    }

private:
    std::optional<Failure> find_at(std::span<const std::string_view> documents, std::vector<std::string>& found,
                                   bool majority) {
        Bson filter;
        bson_t inner;
        bson_t ids;
        BSON_APPEND_DOCUMENT_BEGIN(filter.get(), "_id", &inner);
        BSON_APPEND_ARRAY_BEGIN(&inner, "$in", &ids);
        std::size_t index = 0;
        for (const std::string_view document : documents) {
            append_id(&ids, std::to_string(index++).c_str(), id_of(document));
        }
        bson_append_array_end(&inner, &ids);
        bson_append_document_end(filter.get(), &inner);
        Bson options;
        const ReadConcernHandle concern(mongoc_read_concern_new());
        if (majority) {
            mongoc_read_concern_set_level(concern.get(), MONGOC_READ_CONCERN_LEVEL_MAJORITY);
            mongoc_read_concern_append(concern.get(), options.get());
        }
        const ReadPreferenceHandle primary(mongoc_read_prefs_new(MONGOC_READ_PRIMARY));
        CommandWatch watch;
        const CursorHandle cursor(
            mongoc_collection_find_with_opts(collection_.get(), filter.get(), options.get(), primary.get()));
        const bson_t* document = nullptr;
        while (mongoc_cursor_next(cursor.get(), &document)) {
            found.emplace_back(bytes_of(*document));
        }
        bson_error_t error{};
        const bson_t* reply = nullptr;
        if (!mongoc_cursor_error_document(cursor.get(), &error, &reply)) return std::nullopt;
        return watch.failure(error, reply == nullptr ? std::string_view() : bytes_of(*reply));
    }

    CollectionHandle collection_;
    Bson insert_;
    Bson replace_;
    std::unique_ptr<BsonView[]> views_;
    std::vector<Pointer> pointers_;
    std::string selector_;
    bool majority_readable_ = true;
};

}  // namespace

std::unique_ptr<WriteTransport> write_transport(Client& client, const WriteOptions& options) {
    return std::make_unique<MongoTransport>(client, options);
}

}  // namespace bradawl::mongo
