#include "io/queued_output.hpp"

#include <pthread.h>

#include <csignal>
#include <utility>

namespace bradawl::io {

namespace {

constexpr std::size_t batch = 128 * 1024;
constexpr std::size_t most_spare = 64;  // batches: fresh memory costs more than the bytes that go through it

/// A thread started while this lives takes no signals: they belong to the main thread.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t before_{};
};

}  // namespace

QueuedOutput::QueuedOutput(Output& output, std::size_t limit) : output_(output), limit_(limit) {
    const SignalsBlocked blocked;
    thread_ = std::thread([this] { run(); });
}

QueuedOutput::~QueuedOutput() {
    try {
        finish();
    } catch (const Error&) {
        // Unwinding already carries an error; whoever wants this one calls finish().
    }
}

void QueuedOutput::write(std::string_view record, char end) {
    open_ += record;
    open_ += end;
    if (open_.size() >= batch) hand_on();
}

void QueuedOutput::push() {
    // A stream may be silent for hours: a reader that has gone is noticed without a write.
    if (open_.empty() && output_.reader_gone()) throw BrokenPipe(Fault::io, output_.name() + ": broken pipe");
    hand_on();
}

void QueuedOutput::hand_on() {
    {
        const std::lock_guard lock(mutex_);
        rethrow();  // also when there is nothing to hand on: else a quiet stream would hide a full disk
        if (open_.empty()) return;
        bytes_ += open_.size();
        waiting_.push_back(std::move(open_));
        open_.clear();
        if (!spare_.empty()) {
            open_ = std::move(spare_.back());
            spare_.pop_back();
        }
    }
    changed_.notify_all();
}

bool QueuedOutput::full() const {
    const std::lock_guard lock(mutex_);
    return bytes_ >= limit_;
}

bool QueuedOutput::wait_for_room(Duration time) {
    std::unique_lock lock(mutex_);
    const bool room = changed_.wait_for(lock, time, [this] { return bytes_ <= limit_ / 2 || error_ != nullptr; });
    rethrow();
    return room;
}

void QueuedOutput::finish() {
    if (!thread_.joinable()) return;
    std::exception_ptr failure;
    try {
        hand_on();
    } catch (const Error&) {
        failure = std::current_exception();
    }
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    thread_.join();
    if (failure != nullptr) std::rethrow_exception(failure);
    rethrow();
}

void QueuedOutput::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return !waiting_.empty() || closing_; });
        if (waiting_.empty()) return;
        std::string piece = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        std::exception_ptr met;
        try {
            output_.write(piece);
            output_.flush();
        } catch (const Error&) {
            met = std::current_exception();
        }
        lock.lock();
        bytes_ -= piece.size();
        if (met != nullptr) {
            error_ = met;
            waiting_.clear();
            failed_.request(0);
        }
        piece.clear();
        if (spare_.size() < most_spare) spare_.push_back(std::move(piece));
        changed_.notify_all();
        if (error_ != nullptr) return;
    }
}

void QueuedOutput::rethrow() const {
    if (error_ != nullptr) std::rethrow_exception(error_);
}

}  // namespace bradawl::io
