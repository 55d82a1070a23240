// mlock: a lock for shells and cron that one holder has at a time, across hosts or on one.
#include <cstring>
#include <utility>

#include "cli/lock_options.hpp"
#include "cli/run.hpp"
#include "lock/keeper.hpp"
#include "lock/report.hpp"
#include "lock/session.hpp"
#include "lock/status_line.hpp"
#include "mongo/client.hpp"
#include "proc/supervise.hpp"
#include "text/printable.hpp"

namespace {

using namespace bradawl;
using Settings = cli::MlockOptions;
using cli::Level;
using EndKind = proc::GuardedEnd::Kind;

/// Tells a person how it goes, and the guardian how long the command may live.
class Reporter : public lock::WaitWatcher, public lock::KeepWatcher, public proc::SuperviseWatcher {
public:
    Reporter(cli::Log& log, const lock::ClaimOptions& claim, proc::Guardian* guardian)
        : log_(log), claim_(claim), guardian_(guardian) {}

    void busy(const lock::State& state) override { log_.line(Level::info, "busy", "waiting: " + lock::summary(state)); }
    void away(const Error& error) override { log_.line(Level::warn, "away", "waiting: " + error.text()); }
    void kept(TimePoint asked) override {
        guardian_->extend(lock::last_call(asked, claim_.lease));
        if (std::exchange(failing_, false)) say(Level::warn, "renewed", "renewed again");
    }
    void failing(const Error& error) override {
        say(std::exchange(failing_, true) ? Level::info : Level::warn, "failing", "not renewed: " + error.text());
    }
    void left_behind(unsigned n) override { say(Level::warn, "left", "processes left running: " + std::to_string(n)); }
    void ending(EndKind) override { say(Level::error, "lost", "the lock is lost: ending the command"); }

private:
    void say(Level level, std::string_view event, const std::string& text) {
        log_.line(level, event, text::printable(claim_.name) + ": " + text);
    }

    cli::Log& log_;
    const lock::ClaimOptions& claim_;
    proc::Guardian* guardian_;
    bool failing_ = false;
};

struct Job {
    Job(cli::World& its_world, const Settings& its_settings, proc::Guardian* guardian = nullptr)
        : world(its_world),
          settings(its_settings),
          reporter(world.log, settings.claim, guardian),
          session(settings.store, settings.claim, world.seed, world.clock, world.stop, reporter) {}

    /// The code for a lock that was not got, after telling a person.
    int conflict(const lock::State& state) const {
        world.log.line(settings.conflict_code == 0 ? Level::info : Level::error, "busy", lock::summary(state));
        return static_cast<int>(settings.conflict_code);
    }

    cli::World& world;
    const Settings& settings;
    Reporter reporter;
    lock::Session session;
};

cli::Ending run_command(cli::World& world, const Settings& settings, const sigset_t& ignored) {
    lock::StatusLine status(settings.status_fd, settings.claim.name);
    auto guardian = proc::Guardian::fork("mlock-guardian", ignored);  // before the store has threads
    Job job(world, settings, &guardian);
    const lock::Claim& claim = job.session.claim();
    const auto [lease, state, stopped] = job.session.waiter().acquire(claim, settings.claim.wait);
    if (stopped) return status.ended("stopped", 128 + world.stop.signal()), cli::Ending::by_signal();
    if (!lease) return status.ended("busy", job.conflict(state));
    status.token(lease->token);
    const auto environment = lock::to_environment(claim, lease->token, settings.store);
    const proc::GuardedCommand command{settings.argv, environment, settings.grace, settings.left_behind};
    lock::Keeper keeper(job.session.store(), claim, lease->asked, world.clock, world.seed, job.reporter);
    const auto end = proc::supervise(guardian, command, lock::last_call(lease->asked, claim.lease), keeper.lost_fd(),
                                     job.reporter, &world.stop);
    keeper.stop();
    const auto kept = keeper.is_lost() ? std::nullopt : job.session.give_back();
    if (kept) world.log.line(Level::warn, "release", claim.name + ": not given back: " + kept->text());
    const std::string& program = settings.argv.front();
    if (end.kind == EndKind::not_started)
        world.log.line(Level::error, "exec", program + ": " + std::strerror(end.code));
    if (end.kind == EndKind::not_started) return status.not_started(end.code);
    if (end.kind == EndKind::ended) return status.ended("ended", end.code);
    if (end.kind == EndKind::guardian_died) throw Error(Fault::internal, "the guardian was killed, and the command");
    return status.ended("lost", static_cast<int>(settings.lost_code));
}

cli::Ending acquire(Job& job) {
    const lock::Claim& claim = job.session.claim();
    const auto [lease, state, stopped] = job.session.waiter().acquire(claim, job.settings.claim.wait);
    if (stopped) return cli::Ending::by_signal();
    if (!lease) return job.conflict(state);
    const auto json = lock::to_json_line(claim, lease->token, job.settings.store);
    const auto exports = lock::to_exports(lock::to_environment(claim, lease->token, job.settings.store));
    job.session.hand_out(job.world.out, job.settings.exports ? exports : json);
    return 0;
}

cli::Ending inquire(Job& job) {
    const Settings& settings = job.settings;
    const auto print = [&](const lock::State& state) {
        job.world.out.write(settings.json ? lock::to_json(state) : lock::describe(state));
    };
    if (settings.command == Settings::Command::list) {
        job.session.list(settings.prefix, settings.listed, print);
        return 0;
    }
    const lock::State state = job.session.look();
    print(state);
    return state.holders.empty() ? cli::Ending(Fault::some_failed) : cli::Ending(0);
}

cli::Ending work(cli::World& world, Settings& settings, const sigset_t& ignored) {
    using Command = Settings::Command;
    settings.settle();
    if (settings.command == Command::run) return run_command(world, settings, ignored);
    Job job(world, settings);
    const auto& [command, wait] = std::pair(settings.command, settings.claim.wait);
    if (command == Command::acquire) return acquire(job);
    if (command == Command::status || command == Command::list) return inquire(job);
    if (command == Command::renew) job.session.renew(settings.nonce, settings.new_lease(), wait);
    if (command == Command::release) job.session.release(settings.whose(), wait);
    if (command == Command::check) job.session.require_current(settings.token);
    const bool over = command == Command::wait && !job.session.wait_until(settings.held, wait);
    if (world.stop.requested()) return cli::Ending::by_signal();
    return over ? cli::Ending(Fault::again) : cli::Ending(0);
}

}  // namespace

int main(int argc, char** argv) {
    const sigset_t ignored = proc::ignored_signals();
    const cli::Tool tool{"mlock", "Run commands under a lock that one holder has at a time",
                         "mlock run --store=file:/run/lock/jobs nightly -- backup.sh", mongo::Driver::versions,
                         "MLOCK"};
    Settings settings;
    return cli::run(argc, argv, tool, [&](CLI::App& app) -> cli::Work {
        settings.declare(app, lock::is_public);
        return [&](cli::World& world) { return work(world, settings, ignored); };
    });
}
