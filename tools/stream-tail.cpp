// stream-tail: follow an endless HTTP stream of JSON lines and print one record a line, through every fault.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <optional>

#include "cli/declare.hpp"
#include "cli/request_options.hpp"
#include "cli/run.hpp"
#include "core/random.hpp"
#include "feed/follow.hpp"
#include "http/transfer.hpp"
#include "proc/child.hpp"
#include "text/quantity.hpp"

namespace {

using namespace bradawl;

/// What the command line sets.
struct Settings {
    cli::RequestOptions request;
    feed::Options feed;
    std::string rejects;
    std::string on_event;
    std::uint64_t count = 0;
    double jitter_percent = 10;
    double time_scale = 1;
};

/// Tells a person, or a command of theirs, what happens to the stream.
class Reporter : public feed::Observer {
public:
    Reporter(cli::World& world, const Settings& settings) : world_(world), command_(settings.on_event) {}

    void connected(int status) override {
        world_.log.line(cli::Level::info, "connected", fmt::format("connected, HTTP status {}", status));
        run_command("connected", "");
    }
    void retrying(std::string_view why, Duration wait, std::uint64_t attempt) override {
        ++retries_;
        const double seconds = std::chrono::duration<double>(wait).count();
        world_.log.line(cli::Level::warn, "retry",
                        fmt::format("{}; next try in {} (attempt {})", why, text::describe_duration(wait), attempt),
                        {{"why", why}, {"wait", seconds}, {"attempt", attempt}});
        run_command("retry", why);
    }
    void recovered(Duration outage) override {
        const double seconds = std::chrono::duration<double>(outage).count();
        world_.log.line(cli::Level::warn, "recovered", "records again after " + text::describe_duration(outage),
                        {{"outage", seconds}});
        run_command("recovered", fmt::format("{:.3f}", seconds));
    }
    void rejected(std::string_view place, std::string_view why) override {
        if (++rejects_ > most_rejects_told) return;
        world_.log.line(cli::Level::warn, "reject", fmt::format("{}: {}", place, why),
                        {{"place", place}, {"why", why}});
        if (rejects_ == most_rejects_told)
            world_.log.line(cli::Level::warn, "reject", "further rejected lines are counted only");
    }
    void reader_slow() override {
        if (!slow_told_)
            world_.log.line(cli::Level::info, "slow", "the reader of standard output is slow: the server waits");
        slow_told_ = true;
    }
    void tick(const feed::Tally& tally) override {
        if (child_ && child_->poll()) child_.reset();
        if (!world_.progress.due()) return;
        const double elapsed = std::chrono::duration<double>(world_.clock.now() - begun_).count();
        const double rate = elapsed > 0 ? static_cast<double>(tally.records) / elapsed : 0;
        world_.progress.show(fmt::format("{} records  {}  {:.0f}/s  {} retries  {} rejected", tally.records,
                                         text::describe_size(tally.bytes), rate, retries_, tally.rejected));
    }

private:
    static constexpr std::uint64_t most_rejects_told = 10;

    /// Starts the user's command, unless the one before is still at work: a stream does not wait for it.
    void run_command(std::string_view event, std::string_view detail) {
        if (command_.empty() || (child_ && !child_->poll())) return;
        child_ = proc::Child::start({"sh", "-c", command_}, {fmt::format("STREAM_TAIL_EVENT={}", event),
                                                             fmt::format("STREAM_TAIL_DETAIL={}", detail)});
    }

    cli::World& world_;
    std::string command_;
    std::optional<proc::Child> child_;
    TimePoint begun_ = world_.clock.now();
    std::uint64_t retries_ = 0;
    std::uint64_t rejects_ = 0;
    bool slow_told_ = false;
};

void declare_stream(CLI::App& app, Settings& settings) {
    feed::Options& feed = settings.feed;
    const std::string records = "Records";
    app.add_flag("!--no-validate", feed.check, "do not check that each line is JSON")->group(records);
    cli::add_choice<feed::OnInvalid>(
        app, "--on-invalid", feed.on_invalid,
        {{"reject", feed::OnInvalid::reject}, {"fail", feed::OnInvalid::fail}, {"pass", feed::OnInvalid::pass}},
        "a line that is not JSON: leave it out, stop, or print it")
        ->group(records);
    app.add_option("--rejects", settings.rejects, "append lines left out to this file")
        ->type_name("FILE")
        ->group(records);
    cli::add_size(app, "--max-message", feed.max_message, "longest line taken (16M)")->group(records);
    cli::add_size(app, "--queue-bytes", feed.queue_bytes, "what may wait for a slow reader (64M)")->group(records);
    cli::add_count(app, "-c,--count", settings.count, "end after N records")->group(records);
    cli::add_duration(app, "-t,--duration", feed.duration.emplace(Duration::zero()), "end after this time")
        ->group(records);

    const std::string reconnecting = "Reconnecting";
    cli::add_count(app, "--retry", feed.retries, "give up after N failures in a row (inf)")->group(reconnecting);
    cli::add_duration(app, "--retry-max-time", feed.retry_for, "give up after an outage of this length")
        ->group(reconnecting);
    cli::add_count(app, "--retry-auth", feed.auth_retries, "attempts that 401 or 403 may answer (3)")
        ->group(reconnecting);
    app.add_flag("!--no-reconnect", feed.reconnect, "end when the connection ends")->group(reconnecting);
    cli::add_duration(app, "--stall", feed.stall, "connect again after silence of this length; 0: never (90s)")
        ->group(reconnecting);
    cli::add_ladder(app, "--backoff-net", feed.ladders.network, "waits after network faults (0.25:+0.25:16)")
        ->group(reconnecting);
    cli::add_ladder(app, "--backoff-http", feed.ladders.http, "waits after HTTP errors (5:x2:320)")
        ->group(reconnecting);
    cli::add_ladder(app, "--backoff-limit", feed.ladders.limit, "waits after 420 and 429 (60:x2:900)")
        ->group(reconnecting);
    app.add_option("--jitter", settings.jitter_percent, "lengthen waits at random by up to this (10)")
        ->type_name("PERCENT")
        ->check(CLI::Range(0.0, 100.0))
        ->group(reconnecting);
    app.add_option("--on-event", settings.on_event, "run by sh on connected, retry, recovered")
        ->type_name("COMMAND")
        ->group(reconnecting);
    app.add_option("--time-scale", settings.time_scale, "")
        ->envname("STREAM_TAIL_TIME_SCALE")
        ->check(CLI::Range(1e-6, 1.0))
        ->group("");
}

}  // namespace

int main(int argc, char** argv) {
    const cli::Tool tool{"stream-tail", "Follow an endless HTTP stream of JSON lines and print one record a line",
                         "stream-tail -u @secret --rejects=bad.ndjson https://example.com/stream.json",
                         [] { return http::Library::versions(); }, "STREAM_TAIL"};
    Settings settings;
    return cli::run(argc, argv, tool, [&](CLI::App& app) -> cli::Work {
        settings.request.declare(app, tool.environment_prefix);
        declare_stream(app, settings);
        return [&](cli::World& world) -> cli::Ending {
            const http::Library library;
            feed::Options options = settings.feed;
            options.request = settings.request.request();
            if (settings.count > 0) options.count = settings.count;
            if (options.duration == Duration::zero()) options.duration.reset();
            options.ladders.jitter = settings.jitter_percent / 100;
            options = feed::scaled(std::move(options), settings.time_scale);
            std::optional<io::Output> rejects;
            if (!settings.rejects.empty()) rejects = io::Output::open(settings.rejects, true);
            if (rejects) rejects->set_line_buffered(true);
            Random random(world.seed);
            Reporter reporter(world, settings);
            const auto result = feed::follow(options, world.out, rejects ? &*rejects : nullptr, world.clock, world.stop,
                                             random, reporter);
            if (rejects) rejects->close();
            if (result.tally.rejected > 0) {
                world.log.line(cli::Level::warn, "rejects",
                               fmt::format("{} lines were no records", result.tally.rejected));
            }
            // INT and TERM are how an endless stream normally ends; a hang-up is not.
            if (result.end == feed::End::stopped && world.stop.signal() == SIGHUP) return cli::Ending::by_signal();
            return result.tally.rejected > 0 ? cli::Ending(Fault::some_failed) : cli::Ending(0);
        };
    });
}
