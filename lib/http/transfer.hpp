#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "http/head.hpp"
#include "http/oauth1.hpp"
#include "http/request.hpp"

namespace bradawl::http {

/// libcurl's process-wide state; `main` owns one for as long as transfers live.
class Library {
public:
    Library();
    ~Library();
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    /// `libcurl 7.88.1`, `OpenSSL 3.0.22`, `zlib 1.2.13`, `ISA-L 2.30.0`.
    static std::vector<std::string> versions();
};

/// Where a successful response goes. What it throws comes out of Transfer::wait.
class BodySink {
public:
    virtual ~BodySink() = default;

    /// The head is whole, and its status is 2xx.
    virtual void begin(const Head& head) = 0;

    /// A piece of the body, decoded.
    virtual void body(std::string_view bytes) = 0;
};

/// How a transfer ended.
struct Outcome {
    enum class Cause {
        complete,     ///< the response came to its end as HTTP marks it
        refused,      ///< a status other than 2xx
        network,      ///< name, connection, reset, end before the end that HTTP marks
        broken_body,  ///< gzip corrupt or cut short, chunks malformed
        untrusted,    ///< TLS: the server's certificate does not verify
        bad_file,     ///< a certificate file cannot be read
        unusable      ///< the request cannot be made at all: malformed URL
    };
    Cause cause = Cause::complete;
    std::string text;           ///< why, lower case; for `refused` the beginning of the server's own words, or empty
    bool length_known = false;  ///< complete: the end was marked by chunks or a length, not by closing alone
};

/// One attempt at a streaming request: connect, follow redirects, hand the body to a sink piece by piece.
/// The connection is closed at once when this is destroyed, so that the server frees its slot.
class Transfer {
public:
    /// `moment`: for requests with OAuth 1.0a keys, new for every attempt.
    Transfer(const Request& request, const std::optional<OAuth1Moment>& moment, BodySink& sink);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// Waits at most `time` for bytes or the end, or until one of `wake` is readable, and takes what has come. While
    /// it is not called nothing is taken from the connection, and the server sees that.
    /// Errors: what the sink throws.
    void wait(Duration time, std::span<const int> wake);

    /// Nothing while the transfer goes on.
    const std::optional<Outcome>& outcome() const;

    /// The head of the response; status 0 until one has come.
    const Head& head() const;

    /// Bytes of body taken from the connection so far, before any decoding: a change is a sign of life.
    std::uint64_t bytes_received() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bradawl::http
