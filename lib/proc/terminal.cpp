#include "proc/terminal.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

namespace bradawl::proc {

Terminal::Terminal() : terminal_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {}

Terminal::~Terminal() {
    take_back();
}

bool Terminal::in_foreground() const noexcept {
    return exists() && ::tcgetpgrp(terminal_.get()) == ::getpgrp();
}

bool Terminal::may_be_handed_over() const noexcept {
    // tcgetpgrp() fails for all but the controlling terminal.
    const pid_t own = ::getpgrp();
    return exists() && ::tcgetpgrp(STDIN_FILENO) == own && ::tcgetpgrp(STDOUT_FILENO) == own;
}

void Terminal::handed_over() noexcept {
    if (given_) return;
    given_ = true;
    // A message of ours must not stop us, nor must tcsetpgrp() from the background.
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGTTOU, &ignore, &ttou_before_);
}

void Terminal::forget() noexcept {
    if (!given_) return;
    given_ = false;
    ::sigaction(SIGTTOU, &ttou_before_, nullptr);
}

bool Terminal::give(pid_t group) noexcept {
    handed_over();
    if (::tcsetpgrp(terminal_.get(), group) == 0) return true;
    take_back();
    return false;
}

void Terminal::offer(pid_t group) noexcept {
    if (may_be_handed_over()) {
        give(group);
    } else if (exists() && ::tcgetpgrp(terminal_.get()) != group) {
        forget();
    }
}

void Terminal::take_back() noexcept {
    if (!given_) return;
    ::tcsetpgrp(terminal_.get(), ::getpgrp());
    forget();
}

void Terminal::stop(int signal) noexcept {
    const bool others_too = given_ && signal != SIGSTOP;
    take_back();
    struct sigaction action {};
    struct sigaction before {};
    action.sa_handler = SIG_IGN;
    ::sigaction(signal, &action, &before);  // fails for SIGSTOP, which needs nothing
    if (others_too) ::kill(0, signal);
    action.sa_handler = SIG_DFL;
    ::sigaction(signal, &action, nullptr);
    sigset_t mask;
    sigset_t mask_before;
    sigemptyset(&mask);
    sigaddset(&mask, signal);
    ::pthread_sigmask(SIG_UNBLOCK, &mask, &mask_before);
    ::pthread_kill(::pthread_self(), signal);  // to this thread, so that it is done before the call returns
    ::pthread_sigmask(SIG_SETMASK, &mask_before, nullptr);
    if (signal != SIGSTOP) ::sigaction(signal, &before, nullptr);
}

}  // namespace bradawl::proc
