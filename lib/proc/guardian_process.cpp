#include "proc/guardian_process.hpp"

#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <deque>
#include <string>
#include <utility>

#include "core/clock.hpp"
#include "proc/guarded_tree.hpp"
#include "proc/guardian.hpp"
#include "proc/guardian_order.hpp"
#include "proc/launch.hpp"

namespace bradawl::proc {

namespace {

using namespace std::chrono_literals;
using Event = GuardianEvent::Kind;

TimePoint boot_time() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return TimePoint(std::chrono::seconds(now.tv_sec) + Duration(now.tv_nsec));
}

/// The deadline is kept on a busy machine too: where we have the right, we run before all others for the little that
/// there is to do. What we start does not (see launch()). Somebody who chose a policy of his own keeps it.
void come_first() {
    const sched_param lowest{1};
    if (::sched_getscheduler(0) == SCHED_OTHER) ::sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &lowest);
}

class GuardianProcess {
public:
    GuardianProcess(UniqueFd socket, const sigset_t& ignored) : socket_(std::move(socket)), ignored_(ignored) {
        sigset_t child;
        sigemptyset(&child);
        sigaddset(&child, SIGCHLD);
        children_.reset(::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK));
        timer_.reset(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK));
    }

    bool ready() const { return children_ && timer_; }

    /// Until nobody needs it: those it works for have gone, and so has what it ran.
    void run() {
        while (socket_ || tree_.lives()) {
            wait();
            read_orders();
            if (leaving_) return;
            if (std::exchange(child_news_, false)) reap();
            meet_deadline();
            set_timer();
        }
    }

private:
    enum class Phase { idle, running, ending, killing };

    /// What the loop waits for; a negative descriptor is none.
    void wait() {
        const auto wanted = static_cast<short>(outbox_.empty() ? POLLIN : POLLIN | POLLOUT);
        std::array<pollfd, 4> watched{{{socket_.get(), wanted, 0},
                                       {children_.get(), POLLIN, 0},
                                       {timer_.get(), POLLIN, 0},
                                       {tree_.launching_fd(), POLLIN, 0}}};
        if (::poll(watched.data(), watched.size(), -1) < 0) return;
        if (watched[1].revents != 0) {
            signalfd_siginfo info{};
            while (::read(children_.get(), &info, sizeof info) > 0) {
            }
            child_news_ = true;
        }
        if (watched[2].revents != 0) {
            std::uint64_t times = 0;
            if (::read(timer_.get(), &times, sizeof times) > 0) timer_at_ = TimePoint::max();
        }
        if (watched[3].revents != 0) tree_.learn_launch();
        flush();
    }

    // --- what we are told ---

    void read_orders() {
        while (socket_ && !leaving_) {
            ReceivedOrder received = receive_order(socket_.get());
            if (received.size == static_cast<ssize_t>(sizeof received.order)) {
                obey(received);
            } else if (received.size == 0) {  // those we work for have gone
                socket_.reset();
                outbox_.clear();
                end_soon();
            } else if (received.size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
                return;
            }
            // Else EINTR; or ECONNRESET, told once when events of ours stay unread: what was ordered is still there.
        }
    }

    void obey(ReceivedOrder& received) {
        const GuardianOrder& order = received.order;
        switch (order.kind) {
            case GuardianOrder::Kind::start:
                return start(received);
            case GuardianOrder::Kind::extend:
                if (phase_ <= Phase::running) kill_at_ = std::max(kill_at_, order.kill_at);
                return;
            case GuardianOrder::Kind::signal:
                return tree_.signal_command(order.number);
            case GuardianOrder::Kind::end:
                return end_soon();
            case GuardianOrder::Kind::leave:
                leaving_ = true;
                return;
        }
    }

    void start(ReceivedOrder& received) {
        if (phase_ != Phase::idle) return;
        phase_ = Phase::running;
        grace_ = received.order.grace;
        kill_at_ = std::max(kill_at_, received.order.kill_at);
        if (boot_time() >= kill_at_ - grace_) {
            tell({Event::lapsed});
            return tell({Event::gone});
        }
        auto plan = read_plan(received.attached.get(), static_cast<std::size_t>(received.order.number));
        if (!plan) return tell({Event::exec_failed, errno});
        plan->hand_over = received.order.hand_over != 0;
        plan->niceness = niceness_;
        tree_.start(*plan, ignored_);
    }

    // --- what we tell ---

    void tell(GuardianEvent event) {
        const bool droppable = event.kind == Event::stopped || event.kind == Event::continued;
        if (!socket_ || (droppable && outbox_.size() > most_waiting)) return;
        outbox_.push_back(event);
        flush();
    }

    /// Sends what can be sent without waiting: those we work for may be stopped.
    void flush() {
        while (!outbox_.empty()) {
            if (::send(socket_.get(), &outbox_.front(), sizeof(GuardianEvent), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) return;
            outbox_.pop_front();
        }
    }

    // --- the end ---

    void reap() {
        tree_.reap();
        next_round_ = TimePoint::min();
    }

    void end_soon() {
        if (!tree_.lives() || phase_ != Phase::running) return;
        const TimePoint now = boot_time();
        if (grace_ < kill_at_ - now) kill_at_ = now + grace_;
        terminate();
    }

    void terminate() {
        phase_ = Phase::ending;
        tree_.signal_all({SIGTERM, SIGCONT});
    }

    void meet_deadline() {
        if (!tree_.lives() || phase_ == Phase::idle) return;
        const TimePoint now = boot_time();
        if (phase_ == Phase::running && now >= kill_at_ - grace_) {
            tell({Event::lapsed});
            terminate();
        }
        if (phase_ == Phase::ending && now >= kill_at_) phase_ = Phase::killing;
        if (phase_ == Phase::killing && now >= next_round_) {
            // What is born meanwhile is found in the next round, after a child's end or a pause; the pause grows for
            // the sake of those that cannot be killed.
            tree_.signal_all({SIGKILL});
            next_round_ = now + pause_;
            pause_ = std::min<Duration>(2 * pause_, 100ms);
        }
    }

    void set_timer() {
        TimePoint at = TimePoint::max();
        if (tree_.lives() && phase_ == Phase::running) at = kill_at_ - grace_;
        if (tree_.lives() && phase_ == Phase::ending) at = kill_at_;
        if (tree_.lives() && phase_ == Phase::killing) at = next_round_;
        if (at == timer_at_) return;
        timer_at_ = at;
        // A value of zero would stop the timer; so a time before all times becomes the first.
        const Duration since_boot = std::max<Duration>(at.time_since_epoch(), 1ns);
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_boot);
        itimerspec value{};
        value.it_value.tv_sec = static_cast<time_t>(seconds.count());
        value.it_value.tv_nsec = static_cast<long>((since_boot - seconds).count());
        ::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &value, nullptr);
    }

    static constexpr std::size_t most_waiting = 64;

    UniqueFd socket_;
    UniqueFd children_;
    UniqueFd timer_;
    GuardedTree tree_{[this](GuardianEvent event) { tell(event); }};
    sigset_t ignored_;
    int niceness_ = ::getpriority(PRIO_PROCESS, 0);
    std::deque<GuardianEvent> outbox_;
    TimePoint kill_at_ = TimePoint::min();
    TimePoint timer_at_ = TimePoint::max();
    TimePoint next_round_ = TimePoint::min();
    Duration grace_{};
    Duration pause_ = 2ms;
    Phase phase_ = Phase::idle;
    bool child_news_ = false;
    bool leaving_ = false;
};

}  // namespace

void run_guardian(UniqueFd socket, std::string_view name, const sigset_t& ignored) noexcept {
    ::setpgid(0, 0);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL);
    ::prctl(PR_SET_NAME, std::string(name).c_str(), 0UL, 0UL, 0UL);
    struct sigaction fallback {};
    fallback.sa_handler = SIG_DFL;
    ::sigaction(SIGCHLD, &fallback, nullptr);  // ignored, it would let children vanish unseen
    try {
        GuardianProcess guardian(std::move(socket), ignored);
        come_first();
        if (guardian.ready()) guardian.run();
    } catch (...) {
        // Out of memory. To those we work for it looks as if we were killed, and they know what to do.
        ::_exit(1);
    }
    ::_exit(0);
}

}  // namespace bradawl::proc
