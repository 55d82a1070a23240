#pragma once

#include <mongoc/mongoc.h>

#include <memory>
#include <string>
#include <string_view>

#include "mongo/client.hpp"
#include "mongo/failure.hpp"

// libmongoc's handles as types; only the sources of lib/mongo include this.
namespace bradawl::mongo {

struct UriDestroy {
    void operator()(mongoc_uri_t* handle) const { mongoc_uri_destroy(handle); }
};
struct PoolDestroy {
    void operator()(mongoc_client_pool_t* handle) const { mongoc_client_pool_destroy(handle); }
};
struct CollectionDestroy {
    void operator()(mongoc_collection_t* handle) const { mongoc_collection_destroy(handle); }
};
struct CursorDestroy {
    void operator()(mongoc_cursor_t* handle) const { mongoc_cursor_destroy(handle); }
};
struct BulkDestroy {
    void operator()(mongoc_bulk_operation_t* handle) const { mongoc_bulk_operation_destroy(handle); }
};
struct WriteConcernDestroy {
    void operator()(mongoc_write_concern_t* handle) const { mongoc_write_concern_destroy(handle); }
};
struct ReadConcernDestroy {
    void operator()(mongoc_read_concern_t* handle) const { mongoc_read_concern_destroy(handle); }
};
struct ReadPreferenceDestroy {
    void operator()(mongoc_read_prefs_t* handle) const { mongoc_read_prefs_destroy(handle); }
};
struct CallbacksDestroy {
    void operator()(mongoc_apm_callbacks_t* handle) const { mongoc_apm_callbacks_destroy(handle); }
};

using UriHandle = std::unique_ptr<mongoc_uri_t, UriDestroy>;
using PoolHandle = std::unique_ptr<mongoc_client_pool_t, PoolDestroy>;
using CollectionHandle = std::unique_ptr<mongoc_collection_t, CollectionDestroy>;
using CursorHandle = std::unique_ptr<mongoc_cursor_t, CursorDestroy>;
using BulkHandle = std::unique_ptr<mongoc_bulk_operation_t, BulkDestroy>;
using WriteConcernHandle = std::unique_ptr<mongoc_write_concern_t, WriteConcernDestroy>;
using ReadConcernHandle = std::unique_ptr<mongoc_read_concern_t, ReadConcernDestroy>;
using ReadPreferenceHandle = std::unique_ptr<mongoc_read_prefs_t, ReadPreferenceDestroy>;
using CallbacksHandle = std::unique_ptr<mongoc_apm_callbacks_t, CallbacksDestroy>;

/// The bytes of a document that libbson holds.
inline std::string_view bytes_of(const bson_t& document) {
    return {reinterpret_cast<const char*>(bson_get_data(&document)), document.len};
}

/// A bson_t that is destroyed at the end of its scope.
class Bson {
public:
    Bson() { bson_init(&value_); }
    ~Bson() { bson_destroy(&value_); }
    Bson(const Bson&) = delete;
    Bson& operator=(const Bson&) = delete;

    bson_t* get() { return &value_; }
    const bson_t* get() const { return &value_; }
    std::string_view bytes() const { return bytes_of(value_); }

private:
    bson_t value_;
};

/// A reply that libmongoc fills in, initialised or not; read only after the call that fills it.
class Reply {
public:
    ~Reply() { bson_destroy(&value_); }
    Reply() { bson_init(&value_); }
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;

    /// For a call that takes an uninitialised bson_t and always initialises it.
    bson_t* fresh() {
        bson_destroy(&value_);
        return &value_;
    }
    std::string_view bytes() const { return bytes_of(value_); }

private:
    bson_t value_;
};

/// A BSON document as libbson's type, without a copy of its bytes. Stays where it is made: a bson_t points into itself.
class BsonView {
public:
    BsonView() = default;
    explicit BsonView(std::string_view document) { set(document); }
    BsonView(const BsonView&) = delete;
    BsonView& operator=(const BsonView&) = delete;

    /// Errors: Fault::internal when the bytes are no document.
    void set(std::string_view document);
    const bson_t* get() const { return &value_; }

private:
    bson_t value_;
};

/// What the commands of one operation came to, beyond what libmongoc's error tells of the last: it sends a retryable
/// write twice. Watches the commands that the current thread sends while it lives.
class CommandWatch {
public:
    CommandWatch();
    ~CommandWatch();
    CommandWatch(const CommandWatch&) = delete;
    CommandWatch& operator=(const CommandWatch&) = delete;

    /// The failure that `error` is, with what was seen of the commands.
    Failure failure(const bson_error_t& error, std::string_view reply) const;

    /// Whether any command failed, also one whose failure a later one hides.
    bool any_failed() const { return failed_; }

    /// The failure that the last failed command was.
    Failure last_failure() const { return failure(last_, {}); }

    /// libmongoc's callback.
    static void failed(const mongoc_apm_command_failed_t* event);

private:
    void note(const bson_error_t& error, std::string_view reply);

    CommandWatch* outer_;
    bool failed_ = false;
    bool uncertain_ = false;
    bson_error_t last_{};
    std::string code_name_;
};

/// The texts of the array `errorLabels` of a reply.
std::vector<std::string> labels_of(std::string_view reply);

struct Pool::Impl {
    UriHandle uri;
    PoolHandle pool;
};

struct Client::Impl {
    Pool& pool;
    mongoc_client_t* client;
};

}  // namespace bradawl::mongo
