#pragma once

#include <string>
#include <vector>

#include "mongo/options.hpp"

namespace CLI {
class App;
}

namespace bradawl::cli {

/// How to reach a MongoDB deployment, and how patient to be with it.
struct MongoConnection {
    std::string uri;
    mongo::RetryOptions retries;

    /// Declares --uri, --retry-for and --backoff. The object must live as long as `app`. `is_public`: whether a
    /// connection string holds no password.
    void declare(CLI::App& app, bool (*is_public)(const std::string&));
};

/// What mongo-retry's command line sets.
struct MongoRetryOptions {
    enum class Command { insert, upsert, find, count };

    Command command = Command::insert;
    MongoConnection connection;
    mongo::WriteOptions write;            ///< its operation is that of the command
    std::string dead;                     ///< file of dead letters; empty: none
    std::vector<std::string> files{"-"};  ///< lines to write
    mongo::FindOptions find;

    bool writes() const { return command == Command::insert || command == Command::upsert; }

    /// Declares the commands and their options. The object must live as long as `app`.
    void declare(CLI::App& app, bool (*is_public)(const std::string&));

private:
    void declare_writing(CLI::App& command);
    void declare_reading(CLI::App& command, bool whole);
};

}  // namespace bradawl::cli
