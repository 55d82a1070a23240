#include "proc/supervise.hpp"

#include <poll.h>

#include <array>
#include <csignal>

#include "proc/signal_relay.hpp"
#include "proc/terminal.hpp"

namespace bradawl::proc {

namespace {

/// One run of supervise().
class Supervision {
public:
    Supervision(Guardian& guardian, const GuardedCommand& command, int lost_fd, SuperviseWatcher& watcher,
                const Stop* stop)
        : guardian_(guardian), command_(command), lost_fd_(lost_fd), watcher_(watcher), stop_(stop) {}

    GuardedEnd run(TimePoint kill_at) {
        const bool hand_over = terminal_.may_be_handed_over();
        if (hand_over) terminal_.handed_over();
        guardian_.start(command_, kill_at, hand_over);
        while (!done_) {
            std::array<pollfd, 3> watched{
                {{relay_.fd(), POLLIN, 0}, {guardian_.fd(), POLLIN, 0}, {lost_fd_, POLLIN, 0}}};
            if (::poll(watched.data(), watched.size(), -1) < 0) continue;
            // This order: a shell that made us go on in the background keeps the terminal; and what the guardian did
            // while we were stopped comes before what we find out now.
            while (const auto signal = relay_.next())
                pass_on(*signal);
            while (const auto event = done_ ? std::nullopt : guardian_.next())
                learn(*event);
            if (watched[2].revents != 0 && !done_) lose();
        }
        return end_;
    }

private:
    void pass_on(int signal) {
        if (signal == SIGCONT) {
            went_on_ = true;
            if (pid_ > 0) terminal_.offer(pid_);
        }
        guardian_.signal(signal);
        watcher_.forwarded(signal);
    }

    void learn(const GuardianEvent& event) {
        switch (event.kind) {
            case GuardianEvent::Kind::started:
                pid_ = event.number;
                if (went_on_) terminal_.offer(pid_);  // a shell may have taken it before we knew whose it was
                if (stop_ != nullptr && stop_->requested()) pass_on(stop_->signal());
                return watcher_.started(pid_);
            case GuardianEvent::Kind::exec_failed:
                end_ = {GuardedEnd::Kind::not_started, event.number};
                done_ = true;
                return;
            case GuardianEvent::Kind::stopped:
                return stop(event.number);
            case GuardianEvent::Kind::continued:
                return;
            case GuardianEvent::Kind::ended:
                end_.code = event.number;
                terminal_.take_back();
                if (event.count > 0 && end_.kind == GuardedEnd::Kind::ended) treat_left_behind(event.count);
                return;
            case GuardianEvent::Kind::gone:
                done_ = true;
                return;
            case GuardianEvent::Kind::lapsed:
                return announce(GuardedEnd::Kind::lapsed);
            case GuardianEvent::Kind::died:
                end_.kind = GuardedEnd::Kind::guardian_died;
                terminal_.take_back();
                guardian_.clear_up();
                done_ = true;
                return;
        }
    }

    /// The command was stopped: so are we, for the shell that we and not the command are a job of.
    void stop(int signal) {
        if (!terminal_.exists() || pid_ == 0) return;
        const bool wants_terminal = signal == SIGTTIN || signal == SIGTTOU;
        if (wants_terminal && terminal_.in_foreground() && terminal_.give(pid_)) return guardian_.signal(SIGCONT);
        terminal_.stop(signal);
        // No shell could stop us, so none will make us go on: the key should have had no effect.
        pollfd continued{relay_.fd(), POLLIN, 0};
        if (signal == SIGTSTP && ::poll(&continued, 1, 0) == 0) {
            terminal_.offer(pid_);
            guardian_.signal(SIGCONT);
        }
    }

    void treat_left_behind(unsigned count) {
        // Those that were sent a signal together with the command may be about to end.
        pollfd soon{guardian_.fd(), POLLIN, 0};
        if (command_.left_behind != LeftBehind::leave && ::poll(&soon, 1, 100) == 1) {
            while (const auto event = done_ ? std::nullopt : guardian_.next())
                learn(*event);
            if (done_) return;
        }
        watcher_.left_behind(count);
        if (command_.left_behind == LeftBehind::end) guardian_.end();
        if (command_.left_behind == LeftBehind::leave) {
            guardian_.leave();
            done_ = true;
        }
    }

    void lose() {
        lost_fd_ = -1;
        guardian_.end();
        announce(GuardedEnd::Kind::lost);
    }

    void announce(GuardedEnd::Kind why) {
        if (end_.kind != GuardedEnd::Kind::ended) return;
        end_.kind = why;
        watcher_.ending(why);
    }

    Guardian& guardian_;
    const GuardedCommand& command_;
    int lost_fd_;
    SuperviseWatcher& watcher_;
    const Stop* stop_;
    SignalRelay relay_;
    Terminal terminal_;
    GuardedEnd end_{GuardedEnd::Kind::ended, 128 + SIGKILL};  // if nobody ever tells how it ended
    pid_t pid_ = 0;                                           // 0: not started yet
    bool went_on_ = false;                                    // we had been stopped
    bool done_ = false;
};

}  // namespace

GuardedEnd supervise(Guardian& guardian, const GuardedCommand& command, TimePoint kill_at, int lost_fd,
                     SuperviseWatcher& watcher, const Stop* stop) {
    return Supervision(guardian, command, lost_fd, watcher, stop).run(kill_at);
}

}  // namespace bradawl::proc
