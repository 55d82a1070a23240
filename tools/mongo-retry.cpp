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

/// A connected client, and what lives as long.
struct Session {
    Session(const Settings& settings)
        : uri(settings.connection.uri), pool(driver, uri, {.application = "mongo-retry"}), client(pool) {}

    mongo::Uri uri;
    mongo::Driver driver;
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
        for (const std::string& message : driver_.take_messages())
            world_.log.line(cli::Level::debug, "driver", message);
        const auto level = attempt == 1 ? cli::Level::warn : cli::Level::info;
        world_.log.line(
            level, "retry",
            fmt::format("retrying: {} (attempt {}, waited {})", why.message, attempt + 1,
                        text::describe_duration(so_far)),
            {{"why", why.message}, {"attempt", std::uint64_t{attempt} + 1}, {"code", std::int64_t{why.code}}});
    }
    void recovered(Duration outage, std::uint64_t resent) override {
        world_.log.line(cli::Level::warn, "recovered",
                        fmt::format("back after {}, {} documents sent again", text::describe_duration(outage), resent),
                        {{"outage", std::chrono::duration<double>(outage).count()}, {"resent", resent}});
    }
    void dead(const mongo::DeadLetter& letter) override {
        const auto level = ++letters_ > most_letters_told || dead_ ? cli::Level::info : cli::Level::warn;
        world_.log.line(level, "dead", mongo::describe(letter), {{"line", letter.line}, {"why", letter.message}});
        keep(letter);
    }
    void unsettled(const mongo::DeadLetter& letter) override { keep(letter); }
    void wrote(const mongo::WriteTally& tally) override {
        if (!world_.progress.due()) return;
        world_.progress.show(
            fmt::format("{} written  {} refused  {} sent again", tally.written, tally.dead, tally.resent));
    }

private:
    void keep(const mongo::DeadLetter& letter) {
        if (!dead_) return;
        text_.clear();
        mongo::append_dead_letter(letter, text_);
        dead_->write(text_);
    }

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

cli::Ending write(cli::World& world, const Settings& settings, mongo::WriteOperation operation) {
    mongo::WriteOptions options = settings.write;
    options.operation = operation;
    Session session(settings);
    Random random(world.seed);
    Reporter reporter(world, session.driver, settings.dead);
    const auto transport = mongo::write_transport(session.client, options);
    mongo::BatchWriter writer(options, settings.connection.retries, *transport, world.clock, world.stop, random,
                              reporter);
    for (const std::string& file : settings.files) {
        io::Input input(file, world.stop);
        io::LineReader lines(input, options.line_limit);
        before_wait(writer, lines, world);
        while (const auto line = lines.next()) {
            writer.add({line->text, line->number, line->offset, line->too_long, input.name()});
            before_wait(writer, lines, world);
        }
        writer.flush();
    }
    const mongo::WriteTally& tally = writer.tally();
    const bool all_done = tally.dead == 0 && tally.unsettled == 0;
    world.log.line(
        all_done ? cli::Level::info : cli::Level::warn, "done", mongo::describe(tally),
        {{"lines", tally.lines}, {"written", tally.written}, {"refused", tally.dead}, {"resent", tally.resent}});
    if (world.stop.requested()) return cli::Ending::by_signal();
    return tally.dead == 0 ? cli::Ending(0) : cli::Ending(Fault::some_failed);
}

/// Prints the documents found, a line each.
class Printer : public mongo::DocumentSink {
public:
    Printer(io::Output& out, mongo::JsonForm form, mongo::PrintId id) : out_(out), form_(form), id_(id) {}

    void document(std::string_view bson) override {
        line_.clear();
        mongo::bson_to_json(bson, form_, id_, line_);
        line_ += '\n';
        out_.write(line_);
    }
    void pause() override { out_.flush(); }

private:
    io::Output& out_;
    mongo::JsonForm form_;
    mongo::PrintId id_;
    std::string line_;
};

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
    Printer printer(world.out, form, reader.has_extra_id() ? mongo::PrintId::no : mongo::PrintId::yes);
    reader.read(printer);
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
        return [&](cli::World& world) {
            using Command = Settings::Command;
            switch (settings.command) {
                case Command::insert:
                    return write(world, settings, mongo::WriteOperation::insert);
                case Command::upsert:
                    return write(world, settings, mongo::WriteOperation::upsert);
                default:
                    return read(world, settings);
            }
        };
    });
}
