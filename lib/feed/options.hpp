#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include "http/request.hpp"
#include "retry/ladder.hpp"

namespace bradawl::feed {

/// What to do with a line that is not JSON.
enum class OnInvalid { reject, fail, pass };

/// The waits between connection attempts, by what went wrong. The defaults are what X documents for its streams; the
/// cap of the last is its 15-minute window.
struct Ladders {
    retry::Ladder network{std::chrono::milliseconds(250), std::chrono::milliseconds(250), 1, std::chrono::seconds(16)};
    retry::Ladder http{std::chrono::seconds(5), {}, 2, std::chrono::seconds(320)};
    retry::Ladder limit{std::chrono::seconds(60), {}, 2, std::chrono::seconds(900)};
    double jitter = 0.1;                                              ///< a wait grows by a random share of up to this
    std::chrono::nanoseconds floor = std::chrono::milliseconds(250);  ///< least time from one attempt to the next
};

/// How to follow a stream. Plain values.
struct Options {
    http::Request request;
    Ladders ladders;
    std::uint64_t retries = std::numeric_limits<std::uint64_t>::max();  ///< attempts in a row that may fail
    std::chrono::nanoseconds retry_for{};                               ///< longest outage; zero: without end
    std::uint64_t auth_retries = 3;                                     ///< attempts in all that 401 or 403 may answer
    bool reconnect = true;

    std::chrono::nanoseconds stall =
        std::chrono::seconds(90);  ///< silence after which a connection is dead; zero: never
    std::chrono::nanoseconds settled = std::chrono::seconds(10);  ///< age at which a keep-alive shows health

    std::optional<std::uint64_t> count;                ///< records to print
    std::optional<std::chrono::nanoseconds> duration;  ///< time to run

    bool check = true;  ///< check each line against RFC 8259
    OnInvalid on_invalid = OnInvalid::reject;
    std::size_t max_message = 16 << 20;  ///< bytes a line may have
    std::size_t queue_bytes = 8 << 20;   ///< bytes that may wait for a slow reader
};

/// The same with every wait, timer and ladder `factor` times as long: for tests, which have no time.
Options scaled(Options options, double factor);

/// What was done.
struct Tally {
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;  ///< of records, with their line ends
    std::uint64_t rejected = 0;
    std::uint64_t keep_alives = 0;
    std::uint64_t connections = 0;
    std::uint64_t unfinished = 0;  ///< lines that a broken connection left incomplete; none of their bytes is printed
};

}  // namespace bradawl::feed
