// stream-tail: follow an endless HTTP stream of JSON lines and print one record a line, through every fault.
#include <fmt/format.h>

#include <csignal>
#include <optional>

#include "cli/group.hpp"
#include "cli/request_options.hpp"
#include "cli/run.hpp"
#include "core/random.hpp"
#include "feed/follow.hpp"
#include "http/transfer.hpp"
#include "proc/event_command.hpp"
#include "text/quantity.hpp"

namespace {

using namespace bradawl;
using cli::Level;

/// What the command line sets.
struct Settings {
    cli::RequestOptions request;
    feed::Options feed;
    std::string rejects, on_event;
    std::uint64_t count = 0;
    Duration duration{};
    double jitter = 10, time_scale = 1;
};

/// Tells a person, or a command of theirs, what happens to the stream.
class Reporter : public feed::Observer {
    static constexpr std::uint64_t most_rejects_told = 10;

public:
    Reporter(cli::World& world, const std::string& command) : world_(world), command_(command, "STREAM_TAIL") {}

    void connected(int status) override {
        world_.log.line(Level::info, "connected", fmt::format("connected, HTTP status {}", status));
        command_.tell("connected", "");
    }
    void retrying(std::string_view why, Duration wait, std::uint64_t attempt) override {
        ++retries_;
        const double seconds = std::chrono::duration<double>(wait).count();
        const std::string when = wait == Duration::zero() ? "at once" : "in " + text::describe_duration(wait);
        world_.log.line(Level::warn, "retry", fmt::format("{}; connecting again {} (attempt {})", why, when, attempt),
                        {{"why", why}, {"wait", seconds}, {"attempt", attempt}});
        command_.tell("retry", why);
    }
    void recovered(Duration outage) override {
        const double seconds = std::chrono::duration<double>(outage).count();
        const std::string text = "records again after " + text::describe_duration(outage);
        world_.log.line(Level::warn, "recovered", text, {{"outage", seconds}});
        command_.tell("recovered", fmt::format("{:.3f}", seconds));
    }
    void rejected(std::string_view place, std::string_view why) override {
        const auto level = ++rejects_ > most_rejects_told ? Level::debug : Level::warn;
        world_.log.line(level, "reject", fmt::format("{}: {}", place, why), {{"place", place}, {"why", why}});
    }
    void reader_slow() override {
        world_.log.line(Level::info, "slow", "the reader of standard output is slow: the server waits");
    }
    void tick(const feed::Tally& tally) override {
        command_.poll();
        if (!world_.progress.due()) return;
        const double elapsed = std::chrono::duration<double>(world_.clock.now() - begun_).count();
        const double rate = elapsed > 0 ? static_cast<double>(tally.records) / elapsed : 0;
        world_.progress.show(fmt::format("{} records  {}  {:.0f}/s  {} retries  {} rejected", tally.records,
                                         text::describe_size(tally.bytes), rate, retries_, tally.rejected));
    }

private:
    cli::World& world_;
    proc::EventCommand command_;
    TimePoint begun_ = world_.clock.now();
    std::uint64_t retries_ = 0;
    std::uint64_t rejects_ = 0;
};

void declare_stream(CLI::App& app, Settings& settings) {
    using feed::OnInvalid;
    auto& feed = settings.feed;
    cli::Group(app, "Records")
        .flag("!--no-validate", feed.check, "do not check that each line is JSON")
        .choice<OnInvalid>("--on-invalid", feed.on_invalid,
                           {{"reject", OnInvalid::reject}, {"fail", OnInvalid::fail}, {"pass", OnInvalid::pass}},
                           "a line that is not JSON: leave it out, stop, or print it")
        .text("--rejects", settings.rejects, "FILE", "append lines left out to this file")
        .size("--max-message", feed.max_message, "longest line taken (16M)")
        .size("--queue-bytes", feed.queue_bytes, "what may wait for a slow reader (8M)")
        .count("-c,--count", settings.count, "end after N records")
        .duration("-t,--duration", settings.duration, "end after this time");
    cli::Group(app, "Reconnecting")
        .count("--retry", feed.retries, "try again N times in a row, then give up (inf)")
        .duration("--retry-max-time", feed.retry_for, "give up after an outage of this length")
        .count("--retry-auth", feed.auth_retries, "attempts that 401 or 403 may answer (3)")
        .flag("!--no-reconnect", feed.reconnect, "end when the connection ends")
        .duration("--stall", feed.stall, "connect again after silence of this length; 0: never (90s)")
        .ladder("--backoff-net", feed.ladders.network, "waits after network faults (0.25:+0.25:16)")
        .ladder("--backoff-http", feed.ladders.http, "waits after HTTP errors (5:x2:320)")
        .ladder("--backoff-limit", feed.ladders.limit, "waits after 420 and 429 (60:x2:900)")
        .number("--jitter", settings.jitter, 0, 100, "PERCENT", "lengthen waits at random by up to this (10)")
        .text("--on-event", settings.on_event, "COMMAND", "run by sh on connected, retry, recovered");
    cli::add_hidden_number(app, "--time-scale", settings.time_scale, 1e-6, 1, "STREAM_TAIL_TIME_SCALE");
}

cli::Ending follow(cli::World& world, const Settings& settings) {
    const http::Library library;
    feed::Options options = settings.feed;
    options.request = settings.request.request();
    if (settings.count > 0) options.count = settings.count;
    if (settings.duration > Duration::zero()) options.duration = settings.duration;
    options.ladders.jitter = settings.jitter / 100;
    options = feed::scaled(std::move(options), settings.time_scale);
    std::optional<io::Output> rejects;
    if (!settings.rejects.empty()) rejects = io::Output::open(settings.rejects, true);
    if (rejects) rejects->set_line_buffered(true);
    Random random(world.seed);
    Reporter reporter(world, settings.on_event);
    const auto [end, tally] =
        feed::follow(options, world.out, rejects ? &*rejects : nullptr, world.clock, world.stop, random, reporter);
    if (rejects) rejects->close();
    // INT and TERM are how an endless stream normally ends; a hang-up is not.
    if (end == feed::End::stopped && world.stop.signal() == SIGHUP) return cli::Ending::by_signal();
    if (tally.rejected == 0) return 0;
    world.log.line(Level::warn, "rejects", fmt::format("lines that were no records: {}", tally.rejected));
    return Fault::some_failed;
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
        return [&](cli::World& world) { return follow(world, settings); };
    });
}
