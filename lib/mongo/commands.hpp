#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mongo/client.hpp"
#include "mongo/failure.hpp"

namespace bradawl::mongo {

/// What a server answered to one command.
struct CommandAnswer {
    std::string reply;               ///< BSON; also beside a failure, where the server sent one
    std::optional<Failure> failure;  ///< nothing: done as asked for
};

/// What the primary says of itself when a connection is made.
struct ServerFacts {
    std::string address;    ///< `host:port`
    int wire_version = 0;   ///< the highest it speaks: 8 is MongoDB 4.2
    bool in_a_set = false;  ///< a member of a replica set
};

/// Commands to the primary of a deployment, on one database, each sent as it is.
class Commands {
public:
    Commands(Client& client, std::string database);
    ~Commands();
    Commands(const Commands&) = delete;
    Commands& operator=(const Commands&) = delete;

    /// Sends a command that changes something. A write concern that is not met is a failure beside a full reply.
    CommandAnswer write(std::string_view command);

    /// Sends a command that only reads.
    CommandAnswer read(std::string_view command);

    /// Gives each document that an aggregate or find command yields to `each`, page by page.
    std::optional<Failure> for_each(std::string_view command, const std::function<void(std::string_view)>& each);

    /// The primary, as the last handshake with it has it: no message is sent when one is connected.
    std::optional<Failure> server(ServerFacts& facts);

private:
    Client& client_;
    std::string database_;
};

}  // namespace bradawl::mongo
