#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "mongo/uri.hpp"

namespace bradawl::mongo {

/// libmongoc, started up and at the end shut down. One in a process, owned by who runs the work, alive as long as any
/// Pool. From then on the driver's messages, which it would print to standard output, are kept for take_messages().
class Driver {
public:
    Driver();
    ~Driver();
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    /// What the driver had to say since the last call, oldest first; no more than the last hundred. Any thread.
    std::vector<std::string> take_messages();

    /// `libmongoc 1.23.1` and the like.
    static std::vector<std::string> versions();
};

/// What is asked of connections where the connection string does not say it.
struct ConnectionDefaults {
    std::string application = "bradawl";                       ///< at most 128 bytes
    std::chrono::milliseconds server_selection_timeout{1000};  ///< short: whoever retries asks again
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds socket_timeout{30'000};
    std::chrono::milliseconds longest_timeout{0};  ///< of these three, whatever the connection string says; 0: any
};

/// Connections to one deployment, watched by threads of the driver: after an outage the server is found again within
/// half a second, which a client of its own would take five for. Any thread may use it.
class Pool {
public:
    /// Opens no connection yet. Errors: Fault::unavailable when the name behind a mongodb+srv:// string cannot be
    /// resolved; Fault::config when a file of certificates cannot be read.
    Pool(Driver& driver, const Uri& uri, const ConnectionDefaults& defaults);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    struct Impl;
    Impl& impl() { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

/// A client of a pool, for one thread at a time.
class Client {
public:
    explicit Client(Pool& pool);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    struct Impl;
    Impl& impl() { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace bradawl::mongo
