#include "proc/guardian.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/system_error.hpp"
#include "proc/guardian_order.hpp"
#include "proc/guardian_process.hpp"
#include "proc/process_tree.hpp"

namespace bradawl::proc {

namespace {

/// All signals blocked while it lives, and for good in a process forked meanwhile.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t before_;
};

/// The file in memory that goes with an order to start.
UniqueFd file_of(const GuardedCommand& command) {
    std::string bytes;
    for (const auto* texts : {&command.argv, &command.environment})
        for (const auto& text : *texts)
            bytes.append(text.c_str(), std::strlen(text.c_str()) + 1);
    UniqueFd file(::memfd_create("command", MFD_CLOEXEC));
    if (!file) throw system_error(Fault::io, "cannot pass on the command", errno);
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t written = ::write(file.get(), bytes.data() + done, bytes.size() - done);
        if (written < 0 && errno != EINTR) throw system_error(Fault::io, "cannot pass on the command", errno);
        done += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
    }
    return file;
}

}  // namespace

sigset_t ignored_signals() {
    sigset_t ignored;
    sigemptyset(&ignored);
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction now {};
        if (::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN) sigaddset(&ignored, signal);
    }
    return ignored;
}

Guardian Guardian::fork(std::string_view name, const sigset_t& ignored) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw system_error(Fault::io, "cannot start the guardian", errno);
    UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);
    const SignalsBlocked blocked;
    ::prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL);
    const pid_t pid = ::fork();
    if (pid < 0) throw system_error(Fault::io, "cannot start the guardian", errno);
    if (pid == 0) {
        ours.reset();
        run_guardian(std::move(theirs), name, ignored);
    }
    return {std::move(ours), pid};
}

Guardian::Guardian(Guardian&& other) noexcept
    : socket_(std::move(other.socket_)), pid_(std::exchange(other.pid_, -1)) {}

Guardian::~Guardian() {
    socket_.reset();
    bury();
}

void Guardian::bury() noexcept {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGCONT);  // somebody may have stopped it
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
}

void Guardian::start(const GuardedCommand& command, TimePoint kill_at, bool hand_over) {
    const UniqueFd file = file_of(command);
    GuardianOrder order{GuardianOrder::Kind::start, static_cast<std::int32_t>(command.argv.size())};
    order.kill_at = kill_at;
    order.grace = command.grace;
    order.hand_over = hand_over;
    send_order(socket_.get(), order, 0, file.get());
}

void Guardian::extend(TimePoint kill_at) const noexcept {
    GuardianOrder order{GuardianOrder::Kind::extend};
    order.kill_at = kill_at;
    send_order(socket_.get(), order, MSG_DONTWAIT);
}

void Guardian::signal(int signal) const noexcept {
    send_order(socket_.get(), {GuardianOrder::Kind::signal, signal}, MSG_DONTWAIT);
}

void Guardian::end() const noexcept {
    if (pid_ > 0) ::kill(pid_, SIGCONT);
    send_order(socket_.get(), {GuardianOrder::Kind::end}, 0);
}

void Guardian::leave() const noexcept {
    if (pid_ > 0) ::kill(pid_, SIGCONT);
    send_order(socket_.get(), {GuardianOrder::Kind::leave}, 0);
}

std::optional<GuardianEvent> Guardian::next() {
    for (;;) {
        GuardianEvent event{};
        const ssize_t got = ::recv(socket_.get(), &event, sizeof event, MSG_DONTWAIT);
        if (got == static_cast<ssize_t>(sizeof event)) return event;
        if (got == 0) return GuardianEvent{GuardianEvent::Kind::died};
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return std::nullopt;
        // EINTR; ECONNRESET, told once when it died with orders unread: what it had told before is still there
    }
}

void Guardian::clear_up() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    bury();  // from now on its children are ours
    const pid_t self = ::getpid();
    const pid_t own_group = ::getpgrp();
    // Until a look finds nothing. A child that has ended counts too: it may have left a process of its own that was
    // born after the list was made; and as none of ours is reaped while we look, nothing is out of sight for want of a
    // parent.
    for (bool found = true; found;) {
        found = false;
        for (const auto& process : descendants_of(self)) {
            if (process.group == own_group) continue;
            if (!process.ended()) {
                found = true;
                ::kill(process.pid, SIGKILL);
            } else if (process.parent == self) {
                found = true;
                ::waitpid(process.pid, nullptr, WNOHANG);
            }
        }
        if (found) ::poll(nullptr, 0, 1);
    }
}

}  // namespace bradawl::proc
