#include "cli/signals.hpp"

#include <pthread.h>
#include <unistd.h>
#include <atomic>

#include <csignal>
#include <cstdlib>

namespace bradawl::cli {

namespace {

// Handlers have no context of their own: this is the one place where the process's stop is global.
Stop* process_stop = nullptr;

std::atomic<bool> snapshot_wanted{false};

extern "C" void on_snapshot_signal(int) {
    snapshot_wanted.store(true);
}

extern "C" void on_signal(int signal) {
    if (process_stop->requested()) {
        struct sigaction fallback {};
        fallback.sa_handler = SIG_DFL;
        sigaction(signal, &fallback, nullptr);
        raise(signal);  // delivered when this handler returns
        return;
    }
    process_stop->request(signal);
}

}  // namespace

void install_signals(Stop& stop) {
    process_stop = &stop;
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    // Without SA_RESTART: a blocking call returns EINTR and looks at the stop.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before {};
        sigaction(signal, nullptr, &before);
        if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
    }
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, nullptr);
    sigaction(SIGXFSZ, &ignore, nullptr);
}

bool take_snapshot_request() {
    static const bool listening = [] {
        struct sigaction action {};
        action.sa_handler = on_snapshot_signal;
        sigemptyset(&action.sa_mask);
        return sigaction(SIGUSR1, &action, nullptr) == 0;
    }();
    return listening && snapshot_wanted.exchange(false);
}

void die_by(int signal) {
    struct sigaction fallback {};
    fallback.sa_handler = SIG_DFL;
    sigaction(signal, &fallback, nullptr);
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, signal);
    pthread_sigmask(SIG_UNBLOCK, &mask, nullptr);
    raise(signal);
    _exit(128 + signal);
}

}  // namespace bradawl::cli
