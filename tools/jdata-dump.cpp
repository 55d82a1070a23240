// jdata-dump: bytes that Java wrote to lines of JSON, and back to the same bytes.
#include <fmt/format.h>

#include "cli/java_options.hpp"
#include "cli/run.hpp"
#include "io/input.hpp"
#include "java/refill.hpp"
#include "objects/embedded.hpp"
#include "objects/full_encoder.hpp"
#include "objects/object_reader.hpp"
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
              input, [this] { before_wait(); }, settings.follow ? &world.clock : nullptr)),
          source(tape.refill(settings.command == Command::annotate)) {}

    /// `-` is called stdin here, as the messages of the field do.
    std::string name() const { return settings.file == "-" ? "stdin" : settings.file; }

    std::unique_ptr<schema::ObjectCodec> codec() const {
        return std::make_unique<objects::EmbeddedObjects>(settings.spelling, settings.limits, settings.decode.strict);
    }

    void before_wait() {
        emitter.flush();
        if (settings.follow && world.out.reader_gone()) throw io::BrokenPipe(Fault::io, world.out.name() + ": broken pipe");
    }

    void put_tally(const std::string& tally) {
        emitter.put(fmt::format("{{{},\"bytes\":{}}}", tally, source.offset() - settings.offset));
        emitter.end_record();
    }

    cli::World& world;
    const Settings& settings;
    io::Input input;
    java::Emitter emitter;
    record::Tape tape;
    java::Source source;
};

void decode(Job& job) {
    const auto schema = read_schema(job.settings);
    const auto codec = job.codec();
    const Settings& settings = job.settings;
    record::Decoder decoder(*schema, job.source, job.name(), settings.limits, settings.decode, codec.get());
    if (settings.command == Command::check) {
        decoder.check();
        job.put_tally(fmt::format("\"records\":{}", decoder.records()));
    } else if (settings.command == Command::annotate) {
        record::annotate(decoder, job.tape, job.source, job.emitter, settings.spelling);
    } else {
        record::decode_parallel({*schema, job.source, job.name(), settings.limits, settings.decode, settings.spelling,
                                 [&job] { return job.codec(); }},
                                static_cast<unsigned>(settings.jobs), job.emitter);
    }
}

void read_objects(Job& job) {
    const Settings& settings = job.settings;
    const bool check = settings.command == Command::check;
    objects::ObjectOptions options = settings.objects;
    if (settings.has_schema()) options.records = read_schema(settings);
    objects::ObjectReader reader(job.source, check ? nullptr : &job.emitter, job.name(), settings.spelling,
                                 settings.limits, options);
    while (reader.next())
        continue;
    if (check) job.put_tally(fmt::format("\"contents\":{},\"objects\":{}", reader.contents(), reader.objects()));
}

void read_bytes(Job& job) {
    const Settings& settings = job.settings;
    job.source.skip(settings.offset);
    const bool is_stream = !settings.has_schema() && settings.command != Command::annotate && job.source.ensure(4) &&
                           java::load32(job.source.at()) == 0xaced0005;
    if (settings.command == Command::objects || is_stream) return read_objects(job);
    settings.require_schema();
    decode(job);
}

void encode(Job& job) {
    const Settings& settings = job.settings;
    io::LineReader lines(job.input, settings.limits.bytes);
    if (settings.has_schema()) {
        const auto schema = read_schema(settings);
        const auto codec = job.codec();
        record::Encoder encoder(*schema, settings.spelling, settings.limits, settings.wrap, codec.get());
        return record::LineEncoder(*schema, encoder, settings.decode.header, job.name())
            .run(job.input, lines, job.world.out);
    }
    objects::FullEncoder encoder(settings.spelling, settings.limits);
    std::string header;
    if (settings.objects.header) objects::FullEncoder::header(header);
    job.world.out.write(header);
    record::write_lines(
        job.input, lines, job.name(), job.world.out,
        [&](std::string_view json, std::string& bytes) { encoder.add(json, bytes); }, [](std::string&) {});
}

cli::Ending work(cli::World& world, Settings& settings) {
    settings.settle();
    if (settings.command == Command::schema) {
        world.out.write(schema::explain(*read_schema(settings)));
        return 0;
    }
    Job job(world, settings);
    try {
        settings.command == Command::encode ? encode(job) : read_bytes(job);
    } catch (const Error&) {
        job.emitter.flush();
        if (!world.stop.requested()) throw;  // else what is cut off is no fault of the input
    }
    job.emitter.flush();
    return world.stop.requested() ? cli::Ending::by_signal() : cli::Ending(0);
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
