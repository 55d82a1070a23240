// mongo-retry: MongoDB reads and writes that survive failover; nothing lost, nothing doubled.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/mongo_options.hpp"
#include "cli/run.hpp"
#include "core/random.hpp"
#include "io/lines.hpp"
#include "mongo/batch_writer.hpp"
#include "mongo/bson_to_json.hpp"
#include "mongo/collection_reader.hpp"
#include "mongo/write_transport.hpp"
#include "text/quantity.hpp"

namespace {

using namespace bradawl;
using Settings = cli::MongoRetryOptions;

/// A client, and what lives as long. The driver first: it would print what it thinks of a connection string.
struct Session {
    explicit Session(const Settings& settings)
        : uri(settings.connection.uri), pool(driver, uri, {"mongo-retry"}), client(pool) {}

    mongo::Driver driver;
    mongo::Uri uri;
    mongo::Pool pool;
    mongo::Client client;
};

/// Tells a person what happens, and keeps dead letters.
class Reporter : public mongo::WriteListener {
    static constexpr std::uint64_t most_letters_told = 10;

public:
    Reporter(cli::World& world, mongo::Driver& driver, const std::string& dead) : world_(world), driver_(driver) {
        if (!dead.empty()) dead_.emplace(io::Output::open(dead, true)).set_line_buffered(true);
    }

    void retrying(const mongo::Failure& why, unsigned attempt, Duration so_far, Duration) override {
        for (const auto& message : driver_.take_messages())
            world_.log.line(cli::Level::debug, "driver", message);
        const std::string waited = text::describe_duration(so_far);
        world_.log.line(
            attempt == 1 ? cli::Level::warn : cli::Level::info, "retry",
            fmt::format("retrying: {} (attempt {}, waited {})", mongo::describe(why), attempt + 1, waited),
            {{"why", why.message}, {"code", std::int64_t{why.code}}, {"attempt", attempt + std::uint64_t{1}}});
    }
    void recovered(Duration outage, std::uint64_t resent) override {
        const std::string lasted = "back after " + text::describe_duration(outage);
        world_.log.line(cli::Level::warn, "recovered",
                        resent == 0 ? lasted : fmt::format("{}, {} documents resent", lasted, resent),
                        {{"outage", std::chrono::duration<double>(outage).count()}, {"resent", resent}});
    }
    void dead(const mongo::DeadLetter& letter) override {
        const bool loud = !dead_ && ++letters_ <= most_letters_told;
        world_.log.line(loud ? cli::Level::warn : cli::Level::info, "dead", mongo::describe(letter),
                        {{"line", letter.line}, {"why", letter.message}, {"code", std::int64_t{letter.code}}});
        unsettled(letter);
    }
    void unsettled(const mongo::DeadLetter& letter) override {
        if (!dead_) return;
        text_.clear();
        mongo::append_dead_letter(letter, text_);
        dead_->write(text_);
    }
    void wrote(const mongo::WriteTally& tally) override {
        if (world_.progress.due()) world_.progress.show(mongo::describe(tally));
    }

private:
    cli::World& world_;
    mongo::Driver& driver_;
    std::optional<io::Output> dead_;
    std::uint64_t letters_ = 0;
    std::string text_;
};

/// Sends the open batch before a wait for input that is longer than it may linger.
void before_wait(mongo::BatchWriter& writer, io::LineReader& lines, cli::World& world) {
    for (Duration step = std::chrono::microseconds(100); !writer.empty() && lines.idle(); step *= 2) {
        const Duration left = writer.linger_left();
        if (left == Duration::zero() || !world.clock.sleep(std::min(step, left))) writer.flush();
    }
}

cli::Ending write(cli::World& world, const Settings& settings) {
    const mongo::WriteOptions& options = settings.write;
    Session session(settings);
    Random random(world.seed);
    Reporter reporter(world, session.driver, settings.dead);
    const auto transport = mongo::write_transport(session.client, options);
    mongo::BatchWriter writer(options, settings.connection.retries, *transport, world.clock, world.stop, random,
                              reporter);
    for (const std::string& file : settings.files) {
        io::Input input(file, world.stop);
        io::LineReader lines(input, options.line_limit);
        while (const auto line = lines.next()) {
            writer.add({line->text, line->number, line->offset, line->too_long, input.name()});
            before_wait(writer, lines, world);
        }
        writer.flush();
    }
    const mongo::WriteTally& tally = writer.tally();
    const bool all_done = tally.dead + tally.unsettled == 0;
    world.log.line(
        all_done ? cli::Level::info : cli::Level::warn, "done", mongo::describe(tally),
        {{"lines", tally.lines}, {"written", tally.written}, {"refused", tally.dead}, {"resent", tally.resent}});
    if (world.stop.requested()) return cli::Ending::by_signal();
    return tally.dead == 0 ? cli::Ending(0) : cli::Ending(Fault::some_failed);
}

cli::Ending read(cli::World& world, const Settings& settings) {
    Session session(settings);
    Random random(world.seed);
    Reporter reporter(world, session.driver, "");
    mongo::CollectionReader reader(settings.find, settings.connection.retries, session.client, world.clock, world.stop,
                                   random, reporter);
    if (settings.command == Settings::Command::count) {
        world.out.write(fmt::format("{}\n", reader.count()));
        return 0;
    }
    const auto form = settings.find.canonical ? mongo::JsonForm::canonical : mongo::JsonForm::relaxed;
    const auto id = reader.has_extra_id() ? mongo::PrintId::no : mongo::PrintId::yes;
    std::string json;
    const auto print = [&](std::string_view bson) {
        json.clear();
        mongo::bson_to_json(bson, form, id, json);
        world.out.write(json += '\n');
    };
    reader.read({print, [&] { world.out.flush(); }});
    return world.stop.requested() ? cli::Ending::by_signal() : cli::Ending(0);
}

}  // namespace

int main(int argc, char** argv) {
    const cli::Tool tool{"mongo-retry", "Write lines of JSON to MongoDB and read them back, through every failover",
                         "mongo-retry insert --into=feed.tweets --dead=bad.ndjson <tweets.ndjson",
                         mongo::Driver::versions, "MONGO_RETRY"};
    Settings settings;
    return cli::run(argc, argv, tool, [&](CLI::App& app) -> cli::Work {
        settings.declare(app, mongo::Uri::is_public);
        return [&](cli::World& world) { return settings.writes() ? write(world, settings) : read(world, settings); };
    });
}
