#include "mongo/commands.hpp"

#include "mongo/bson.hpp"
#include "mongo/handles.hpp"

namespace bradawl::mongo {
namespace {

struct DescriptionDestroy {
    void operator()(mongoc_server_description_t* handle) const { mongoc_server_description_destroy(handle); }
};
using DescriptionHandle = std::unique_ptr<mongoc_server_description_t, DescriptionDestroy>;

using Send = bool (*)(mongoc_client_t*, const char*, const bson_t*, const mongoc_read_prefs_t*, const bson_t*, bson_t*,
                      bson_error_t*);

CommandAnswer send(Send function, Client& client, const std::string& database, std::string_view command) {
    const BsonView view(command);
    CommandWatch watch;
    Reply reply;
    bson_error_t error{};
    const bool done =
        function(client.impl().client, database.c_str(), view.get(), nullptr, nullptr, reply.fresh(), &error);
    CommandAnswer answer;
    answer.reply = reply.bytes();
    if (!done) answer.failure = watch.failure(error, answer.reply);
    return answer;
}

// libmongoc has a function of another shape for writes.
bool write_with(mongoc_client_t* client, const char* database, const bson_t* command, const mongoc_read_prefs_t*,
                const bson_t* options, bson_t* reply, bson_error_t* error) {
    return mongoc_client_write_command_with_opts(client, database, command, options, reply, error);
}

}  // namespace

Commands::Commands(Client& client, std::string database) : client_(client), database_(std::move(database)) {}

Commands::~Commands() = default;

CommandAnswer Commands::write(std::string_view command) {
    return send(write_with, client_, database_, command);
}

CommandAnswer Commands::read(std::string_view command) {
    return send(mongoc_client_read_command_with_opts, client_, database_, command);
}

std::optional<Failure> Commands::for_each(std::string_view command, const std::function<void(std::string_view)>& each) {
    CommandAnswer first = read(command);
    if (first.failure) return first.failure;
    const BsonView reply(first.reply);
    const CursorHandle cursor(
        mongoc_cursor_new_from_command_reply_with_opts(client_.impl().client, bson_copy(reply.get()), nullptr));
    CommandWatch watch;
    const bson_t* document = nullptr;
    while (mongoc_cursor_next(cursor.get(), &document))
        each(bytes_of(*document));
    bson_error_t error{};
    if (!mongoc_cursor_error(cursor.get(), &error)) return std::nullopt;
    return watch.failure(error, {});
}

std::optional<Failure> Commands::server(ServerFacts& facts) {
    bson_error_t error{};
    CommandWatch watch;
    const DescriptionHandle description(mongoc_client_select_server(client_.impl().client, true, nullptr, &error));
    if (description == nullptr) return watch.failure(error, {});
    facts.address = mongoc_server_description_host(description.get())->host_and_port;
    const std::string_view hello = bytes_of(*mongoc_server_description_hello_response(description.get()));
    facts.wire_version = static_cast<int>(to_integer(find_element(hello, "maxWireVersion"), 0));
    facts.in_a_set = !find_element(hello, "setName").bytes.empty();
    return std::nullopt;
}

}  // namespace bradawl::mongo
