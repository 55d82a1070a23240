#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "core/clock.hpp"
#include "core/stop.hpp"
#include "io/output.hpp"

namespace bradawl::io {

/// A bounded queue between a producer that must not wait on its reader (a network connection) and an output that may
/// block (a pipe). A thread of its own writes; the producer sees a full queue instead of a blocked write.
///
/// Batches hold whole records, and one batch is one write at a time in order, so what the reader got always ends where
/// a write ended.
class QueuedOutput {
public:
    /// `limit`: bytes that may wait. Takes over `output` until finish().
    QueuedOutput(Output& output, std::size_t limit);
    ~QueuedOutput();
    QueuedOutput(const QueuedOutput&) = delete;
    QueuedOutput& operator=(const QueuedOutput&) = delete;

    /// Appends a whole record and its `end` to the open batch, which is handed on when it has grown large, or by
    /// push(). Errors: what the writing thread met (BrokenPipe, Fault::io).
    void write(std::string_view record, char end);

    /// Hands the open batch to the writing thread. Call before any wait: with nothing to hand on it looks whether the
    /// reader is still there. Errors: as for write().
    void push();

    /// Whether `limit` bytes or more are waiting.
    bool full() const;

    /// Waits until the queue is at most half full or `time` has passed; true when there is room.
    /// Errors: as for write().
    bool wait_for_room(Duration time);

    /// Readable once the writing thread met an error, so that a waiting producer wakes.
    int failure_fd() const { return failed_.fd(); }

    /// Writes out all that waits and ends the thread. Errors: as for write().
    void finish();

private:
    void hand_on();
    void run();
    void rethrow() const;

    Output& output_;
    std::size_t limit_;
    std::string open_;  // the producer's own; no lock
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> waiting_;
    std::deque<std::string> spare_;  // emptied batches, to be filled again without allocation
    std::size_t bytes_ = 0;
    bool closing_ = false;
    std::exception_ptr error_;
    Stop failed_;
    std::thread thread_;
};

}  // namespace bradawl::io
