#pragma once

// A store in memory that fails when it is told to, and a clock that moves when somebody waits.

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "lock/store.hpp"
#include "lock/waiter.hpp"

namespace bradawl::lock {

class FakeClock : public Clock {
public:
    TimePoint now() const override { return now_; }
    WallTime wall() const override { return WallTime(std::chrono::milliseconds(wall_ms_)); }
    bool sleep(Duration time) override {
        now_ += time;
        slept_.push_back(time);
        return !stop_at_sleep_;
    }

    TimePoint now_{std::chrono::hours(1)};
    std::int64_t wall_ms_ = 1'700'000'000'000;
    bool stop_at_sleep_ = false;
    std::vector<Duration> slept_;
};

/// Of one lock. Each call first takes the next of `script_`, if any, which may throw or change the store.
class FakeStore : public Store {
public:
    explicit FakeStore(FakeClock& clock) : clock_(clock) {}

    std::optional<std::uint64_t> acquire(const Claim& claim) override {
        step("acquire");
        return take(claim.nonce);
    }
    bool renew(const std::string&, const std::string& nonce, std::optional<Duration>) override {
        step("renew");
        return nonce == holder_;
    }
    bool release(const std::string&, const std::optional<std::string>& nonce) override {
        step("release");
        return give(nonce.value_or(holder_));
    }
    std::optional<State> look(const std::string& name, bool) override {
        step("look");
        State state;
        state.name = name;
        state.token = token_;
        if (!holder_.empty()) {
            Holder holder;
            holder.nonce = holder_;
            holder.owner = "the other";
            holder.token = token_;
            if (until_) holder.left = *until_ - clock_.now();
            (holder.left.value_or(Duration(1)) > Duration::zero() ? state.holders : state.lapsed).push_back(holder);
        }
        return state;
    }
    void list(const std::string& prefix, const std::function<void(const State&)>& each) override {
        each(*look(prefix, false));
    }
    bool wait_for_change(const std::string&, Duration time) override { return clock_.sleep(time); }

    std::optional<std::uint64_t> take(const std::string& nonce) {
        if (until_ && *until_ <= clock_.now()) holder_.clear();
        if (!holder_.empty() && holder_ != nonce) return std::nullopt;
        if (holder_.empty()) ++token_;
        holder_ = nonce;
        until_.reset();
        return token_;
    }
    bool give(const std::string& nonce) {
        if (holder_ != nonce || holder_.empty()) return false;
        holder_.clear();
        return true;
    }

    /// The next call is done, but its answer is lost; or not even done.
    void lose_reply(bool done) {
        script_.push_back([this, done](const std::string& call) {
            if (done && call == "acquire") take(next_nonce_);
            if (done && call == "release") give(next_nonce_);
            throw Away(Error(Fault::unavailable, "the reply was lost"), true);
        });
    }
    void be_away() {
        script_.push_back([](const std::string&) { throw Away(Error(Fault::unavailable, "nobody there"), false); });
    }

    FakeClock& clock_;
    std::string next_nonce_ = "me";
    std::string holder_;
    std::uint64_t token_ = 0;
    std::optional<TimePoint> until_;
    std::vector<std::string> calls_;
    std::deque<std::function<void(const std::string&)>> script_;

private:
    void step(const std::string& call) {
        calls_.push_back(call);
        if (script_.empty()) return;
        const auto next = script_.front();
        script_.pop_front();
        next(call);
    }
};

struct Told : WaitWatcher {
    void busy(const State& state) override { told_.push_back("busy: " + state.holders.front().owner); }
    void away(const Error& error) override { told_.push_back("away: " + error.text()); }
    std::vector<std::string> told_;
};

inline Claim claim_of(const std::string& nonce) {
    Claim claim;
    claim.name = "x";
    claim.nonce = nonce;
    claim.owner = nonce;
    claim.host = "here";
    claim.pid = 1;
    claim.lease = std::chrono::seconds(10);
    return claim;
}

}  // namespace bradawl::lock
