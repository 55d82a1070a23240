#include "lock/keeper.hpp"

#include <poll.h>
#include <sys/eventfd.h>

#include <cerrno>

#include "core/system_error.hpp"
#include "retry/jitter.hpp"

namespace bradawl::lock {
namespace {

UniqueFd make_event() {
    UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!event) throw system_error(Fault::io, "eventfd", errno);
    return event;
}

void set(const UniqueFd& event) {
    static_cast<void>(::eventfd_write(event.get(), 1));
}

}  // namespace

Keeper::Keeper(Store& store, Claim claim, TimePoint asked, const Clock& clock, std::uint64_t seed, KeepWatcher& watcher)
    : store_(store),
      claim_(std::move(claim)),
      clock_(clock),
      random_(seed),
      watcher_(watcher),
      asked_(asked),
      lost_(make_event()),
      quit_(make_event()),
      thread_([this] { run(); }) {}

Keeper::~Keeper() {
    stop();
}

void Keeper::stop() {
    set(quit_);
    if (thread_.joinable()) thread_.join();
}

void Keeper::run() noexcept {
    try {
        keep();
    } catch (const Error& refused) {
        watcher_.failing(refused);
        lose();
    } catch (const std::exception& bug) {
        watcher_.failing(Error(Fault::internal, bug.what()));
        lose();
    }
}

void Keeper::keep() {
    retry::FullJitter jitter(claim_.lease / 60, claim_.lease / 10, random_);
    for (;;) {
        const auto third = std::chrono::duration<double>(claim_.lease) / 3 * (0.8 + 0.2 * random_.unit());
        TimePoint next = asked_ + std::chrono::duration_cast<Duration>(third);
        for (bool kept = false; !kept;) {
            if (!rest_until(next)) return;
            const TimePoint asked = clock_.now();
            if (asked >= end_of_lease(asked_, claim_.lease)) return lose();
            try {
                if (!store_.renew(claim_.name, claim_.nonce, std::nullopt)) return lose();
                asked_ = asked;
                kept = true;
                jitter.reset();
                watcher_.kept(asked_);
            } catch (const Away& away) {
                watcher_.failing(away);
                next = clock_.now() + jitter.next();
            }
        }
    }
}

// False when the keeper is to end.
bool Keeper::rest_until(TimePoint when) {
    for (;;) {
        const Duration left = when - clock_.now();
        pollfd quit{quit_.get(), POLLIN, 0};
        // In steps: poll(2) does not count the time that the machine sleeps.
        const Duration step = std::max(Duration::zero(), std::min<Duration>(left, std::chrono::seconds(1)));
        const timespec limit{static_cast<time_t>(step / std::chrono::seconds(1)),
                             static_cast<long>((step % std::chrono::seconds(1)).count())};
        if (::ppoll(&quit, 1, &limit, nullptr) > 0) return false;
        if (left <= step) return true;
    }
}

void Keeper::lose() {
    is_lost_.store(true, std::memory_order_release);
    set(lost_);
}

}  // namespace bradawl::lock
