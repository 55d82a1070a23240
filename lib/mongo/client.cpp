#include "mongo/client.hpp"

#include <algorithm>
#include <deque>
#include <fstream>
#include <mutex>

#include "core/error.hpp"
#include "core/version.hpp"
#include "mongo/handles.hpp"
#include "text/printable.hpp"

namespace bradawl::mongo {
namespace {

constexpr std::size_t messages_kept = 100;

// libmongoc has one log handler in a process, which threads of its own call.
struct Messages {
    std::mutex mutex;
    std::deque<std::string> texts;
};

Messages& messages() {
    static Messages instance;
    return instance;
}

void keep_message(mongoc_log_level_t, const char* domain, const char* message, void*) noexcept {
    try {
        std::string text = std::string(domain) + ": " + redacted_uri(text::printable(message, 500));
        Messages& kept = messages();
        const std::lock_guard lock(kept.mutex);
        if (kept.texts.size() == messages_kept) kept.texts.pop_front();
        kept.texts.push_back(std::move(text));
    } catch (const std::bad_alloc&) {
        // A message less is the least harm.
    }
}

// Sets `option` to `value` when it is not given, and to `most`, unless that is zero, when it would be longer. A socket
// timeout of 0 means a long time to libmongoc.
void set_timeout(mongoc_uri_t* uri, const char* option, std::chrono::milliseconds value,
                 std::chrono::milliseconds most) {
    const bool limited = most.count() > 0;
    if (mongoc_uri_has_option(uri, option)) {
        const auto given = std::chrono::milliseconds(mongoc_uri_get_option_as_int32(uri, option, 0));
        if (!limited) return;
        value = given.count() > 0 ? given : most;
    }
    if (limited) value = std::min(value, most);
    mongoc_uri_set_option_as_int32(uri, option, static_cast<std::int32_t>(value.count()));
}

// libmongoc only logs that a file cannot be read, and then fails every handshake.
void require_readable(const mongoc_uri_t* uri, const char* option) {
    const char* const path = mongoc_uri_get_option_as_utf8(uri, option, nullptr);
    if (path != nullptr && !std::ifstream(path)) {
        throw Error(Fault::config,
                    std::string(option) + " in the connection string: '" + text::printable(path) + "' cannot be read");
    }
}

}  // namespace

Driver::Driver() {
    mongoc_log_set_handler(keep_message, nullptr);
    mongoc_init();
    mongoc_handshake_data_append("bradawl", version(), nullptr);
}

Driver::~Driver() {
    mongoc_cleanup();
    mongoc_log_set_handler(mongoc_log_default_handler, nullptr);
}

std::vector<std::string> Driver::take_messages() {
    Messages& kept = messages();
    const std::lock_guard lock(kept.mutex);
    std::vector<std::string> taken(kept.texts.begin(), kept.texts.end());
    kept.texts.clear();
    return taken;
}

std::vector<std::string> Driver::versions() {
    return {std::string("libmongoc ") + mongoc_get_version(), std::string("libbson ") + bson_get_version()};
}

Pool::Pool(Driver&, const Uri& uri, const ConnectionDefaults& defaults) : impl_(std::make_unique<Impl>()) {
    bson_error_t error{};
    impl_->uri.reset(mongoc_uri_new_with_error(uri.secret().c_str(), &error));
    mongoc_uri_t* const parsed = impl_->uri.get();
    if (parsed == nullptr) throw Error(Fault::internal, std::string("connection string: ") + error.message);
    set_timeout(parsed, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, defaults.server_selection_timeout,
                defaults.longest_timeout);
    set_timeout(parsed, MONGOC_URI_CONNECTTIMEOUTMS, defaults.connect_timeout, defaults.longest_timeout);
    set_timeout(parsed, MONGOC_URI_SOCKETTIMEOUTMS, defaults.socket_timeout, defaults.longest_timeout);
    if (!mongoc_uri_has_option(parsed, MONGOC_URI_APPNAME))
        mongoc_uri_set_appname(parsed, defaults.application.c_str());
    require_readable(parsed, "tlsCAFile");
    require_readable(parsed, "tlsCertificateKeyFile");

    impl_->pool.reset(mongoc_client_pool_new_with_error(parsed, &error));
    mongoc_client_pool_t* const pool = impl_->pool.get();
    if (pool == nullptr) throw Error(Fault::unavailable, "cannot reach " + uri.redacted() + ": " + error.message);
    mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2);
    const CallbacksHandle callbacks(mongoc_apm_callbacks_new());
    mongoc_apm_set_command_failed_cb(callbacks.get(), CommandWatch::failed);
    mongoc_client_pool_set_apm_callbacks(pool, callbacks.get(), nullptr);
}

Pool::~Pool() = default;

Client::Client(Pool& pool)
    : impl_(std::make_unique<Impl>(Impl{pool, mongoc_client_pool_pop(pool.impl().pool.get())})) {}

Client::~Client() {
    mongoc_client_pool_push(impl_->pool.impl().pool.get(), impl_->client);
}

}  // namespace bradawl::mongo
