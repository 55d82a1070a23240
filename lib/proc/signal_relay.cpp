#include "proc/signal_relay.hpp"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "core/system_error.hpp"

namespace bradawl::proc {

namespace {

// Handlers have no context of their own: where the relay that lives wants its signals, and how many handlers run.
std::atomic<int> target{-1};
std::atomic<int> handlers{0};

extern "C" void relay_signal(int signal) {
    const int saved = errno;
    handlers.fetch_add(1);
    const auto byte = static_cast<unsigned char>(signal);
    // A full pipe holds thousands of signals already.
    [[maybe_unused]] const ssize_t written = ::write(target.load(), &byte, 1);
    handlers.fetch_sub(1);
    errno = saved;
}

}  // namespace

SignalRelay::SignalRelay() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) throw system_error(Fault::io, "pipe", errno);
    read_end_.reset(ends[0]);
    write_end_.reset(ends[1]);
    target.store(write_end_.get());
    struct sigaction action {};
    action.sa_handler = relay_signal;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    for (std::size_t i = 0; i < signals.size(); ++i) {
        ::sigaction(signals[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN) ::sigaction(signals[i], &action, nullptr);
    }
}

SignalRelay::~SignalRelay() {
    for (std::size_t i = 0; i < signals.size(); ++i)
        if (before_[i].sa_handler != SIG_IGN) ::sigaction(signals[i], &before_[i], nullptr);
    target.store(-1);
    while (handlers.load() != 0)  // one that another thread runs may hold the descriptor still
        ::sched_yield();
}

std::optional<int> SignalRelay::next() noexcept {
    unsigned char byte = 0;
    if (::read(read_end_.get(), &byte, 1) != 1) return std::nullopt;
    return byte;
}

}  // namespace bradawl::proc
