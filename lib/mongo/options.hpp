#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

// Plain values, for whoever declares options; nothing here needs another file of this room.
namespace bradawl::mongo {

/// Without end, as a span of time.
inline constexpr std::chrono::nanoseconds no_limit = std::chrono::nanoseconds::max();

/// How to meet a server that fails or is away.
struct RetryOptions {
    std::chrono::nanoseconds retry_for = std::chrono::seconds(120);  ///< longest outage; zero: no retry; or no_limit
    std::chrono::nanoseconds backoff_base = std::chrono::milliseconds(50);
    std::chrono::nanoseconds backoff_cap = std::chrono::milliseconds(500);
};

enum class WriteOperation {
    insert,  ///< a document whose `_id` is there already is an error
    upsert,  ///< a document whose `_id` is there already takes its place
};

/// How documents are written.
struct WriteOptions {
    WriteOperation operation = WriteOperation::insert;
    std::string into;                     ///< DB.COLLECTION
    std::string id_from;                  ///< dotted path of the field whose value becomes the `_id`; empty: none
    bool legacy = false;                  ///< read the forms of Extended JSON v1 too
    bool strict = false;                  ///< stop at the first line that is no document
    std::uint64_t batch = 1000;           ///< documents sent at once, at most
    std::uint64_t batch_bytes = 8 << 20;  ///< and bytes of them
    std::uint64_t line_limit = 48 << 20;  ///< bytes that a line may have
    std::chrono::nanoseconds linger = std::chrono::milliseconds(20);    ///< how long a batch waits for more lines
    std::chrono::nanoseconds write_timeout = std::chrono::seconds(10);  ///< for the majority's acknowledgement
};

/// What is read.
struct FindOptions {
    std::string from;         ///< DB.COLLECTION
    std::string filter;       ///< Extended JSON; empty: every document
    std::string sort;         ///< Extended JSON; empty: by `_id` while retries are on
    std::string projection;   ///< Extended JSON; empty: whole documents
    std::uint64_t limit = 0;  ///< 0: all
    std::uint64_t skip = 0;
    std::uint64_t batch = 1000;  ///< documents a reply
    bool canonical = false;
};

}  // namespace bradawl::mongo
