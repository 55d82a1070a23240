#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lock/options.hpp"
#include "mongo/client.hpp"
#include "mongo/commands.hpp"
#include "mongo/uri.hpp"

// Private to the MongoDB store: the way to the collection of locks, and what is asked of the server before it is
// trusted with any.
namespace bradawl::lock {

/// `utf8` as a JSON string.
std::string quoted(std::string_view utf8);

/// Errors of all: those of Store.
class MongoLink {
public:
    /// Errors: Fault::usage for a bad connection string or collection; Fault::config for a weak write concern in it.
    explicit MongoLink(const StoreOptions& options);

    /// Whether the server decides by itself who holds a lock, in one atomic update with its own clock. Looked up once,
    /// in the handshake that is made anyway. Errors: Fault::config for one that does not, unless weak ones are allowed.
    bool server_decides();

    /// Runs a findAndModify that a majority has to acknowledge, and returns the document as it is then; empty when none
    /// was met. `query` and `update` are JSON.
    std::string change(const std::string& query, const std::string& update, bool upsert);

    /// Inserts `document` (JSON); false when there is one with its `_id` already.
    bool insert(const std::string& document);

    using Each = std::function<void(std::string_view document, std::int64_t now)>;

    /// Gives each document that comes out of the pipeline `stages` (JSON) to `each`, with the server's clock in
    /// milliseconds since 1970. `fresh`: nothing that a deposed primary says by itself.
    void read(const std::string& stages, bool fresh, const Each& each);

    /// The same for the lock `name` alone, by a server that knows no pipelines.
    std::int64_t read_plainly(const std::string& name, std::string& document);

private:
    mongo::CommandAnswer write(const std::string& command);
    [[noreturn]] void fail(const mongo::Failure& failure) const;

    mongo::Driver driver_;
    mongo::Uri uri_;
    bool allow_weak_;
    std::string where_;
    std::string write_concern_;
    std::pair<std::string, std::string> collection_;
    mongo::Pool pool_;
    mongo::Client client_;
    mongo::Commands commands_;
    std::optional<mongo::ServerFacts> facts_;
};

}  // namespace bradawl::lock
