// jdata-dump: bytes that Java wrote to lines of JSON, and back to the same bytes.
#include <fmt/format.h>

#include "cli/java_options.hpp"
#include "cli/run.hpp"
#include "io/input.hpp"
#include "java/refill.hpp"
#include "record/annotate.hpp"
#include "record/decoder.hpp"
#include "record/line_encoder.hpp"
#include "record/parallel.hpp"
#include "schema/explain.hpp"
#include "schema/shipped.hpp"

namespace {

using namespace bradawl;
using Settings = cli::JdataDumpOptions;
using Command = Settings::Command;

std::shared_ptr<const schema::Schema> read_schema(const Settings& settings) {
    const schema::Wish wish{settings.decode.strict, settings.select, settings.each};
    if (!settings.schema_file.empty())
        return schema::parse(io::read_document(settings.schema_file), settings.schema_file, wish);
    if (settings.schema.starts_with('@'))
        return schema::parse(schema::shipped_text(settings.schema.substr(1)), settings.schema, wish);
    return schema::parse(settings.schema, "schema", wish);
}

/// The input, and where lines go.
struct Job {
    Job(cli::World& its_world, const Settings& its_settings)
        : world(its_world),
          settings(its_settings),
          input(settings.file, world.stop),
          emitter(world.out, settings.limits.output),
          tape(java::refill_from(
              input, [this] { emitter.flush(); }, settings.follow ? &world.clock : nullptr)),
          source(tape.refill(settings.command == Command::annotate)) {
        source.skip(settings.offset);
    }

    /// `-` is called stdin here, as the messages of the field do.
    std::string name() const { return settings.file == "-" ? "stdin" : settings.file; }

    cli::World& world;
    const Settings& settings;
    io::Input input;
    java::Emitter emitter;
    record::Tape tape;
    java::Source source;
};

cli::Ending decode(Job& job) {
    const auto schema = read_schema(job.settings);
    const Settings& settings = job.settings;
    record::Decoder decoder(*schema, job.source, job.name(), settings.limits, settings.decode, nullptr);
    try {
        if (job.settings.command == Command::check) {
            decoder.check();
            job.emitter.put(fmt::format(R"({{"records":{},"bytes":{}}})", decoder.records(), job.source.offset()));
            job.emitter.end_record();
        } else if (job.settings.command == Command::annotate) {
            record::annotate(decoder, job.tape, job.source, job.emitter, job.settings.spelling);
        } else {
            record::decode_parallel(
                {*schema, job.source, job.name(), settings.limits, settings.decode, settings.spelling, {}},
                static_cast<unsigned>(settings.jobs), job.emitter);
        }
    } catch (const Error&) {
        job.emitter.flush();
        if (!job.world.stop.requested()) throw;  // else what is cut off is no fault of the input
    }
    job.emitter.flush();
    return job.world.stop.requested() ? cli::Ending::by_signal() : cli::Ending(0);
}

cli::Ending encode(Job& job) {
    const auto schema = read_schema(job.settings);
    record::Encoder encoder(*schema, job.settings.spelling, job.settings.limits, job.settings.wrap, nullptr);
    record::LineEncoder writer(*schema, encoder, job.settings.decode.header, job.name());
    io::LineReader lines(job.input, job.settings.limits.bytes);
    writer.run(job.input, lines, job.world.out);
    return job.world.stop.requested() ? cli::Ending::by_signal() : cli::Ending(0);
}

cli::Ending work(cli::World& world, Settings& settings) {
    settings.settle();
    if (settings.command == Command::schema) {
        world.out.write(schema::explain(*read_schema(settings)));
        return 0;
    }
    Job job(world, settings);
    return settings.command == Command::encode ? encode(job) : decode(job);
}

}  // namespace

int main(int argc, char** argv) {
    const cli::Tool tool{"jdata-dump",
                         "Turn data and objects that Java wrote into lines of JSON, and back",
                         "jdata-dump -s 'id:int name:utf tags:[utf]' events.bin | jq .name",
                         [] { return std::vector<std::string>{}; },
                         "JDATA_DUMP",
                         true};
    Settings settings;
    return cli::run(argc, argv, tool, [&](CLI::App& app) -> cli::Work {
        settings.declare(app);
        return [&](cli::World& world) { return work(world, settings); };
    });
}
