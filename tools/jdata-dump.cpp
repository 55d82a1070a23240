// jdata-dump: bytes that Java wrote to lines of JSON, and back to the same bytes.
#include <fmt/format.h>

#include "cli/java_options.hpp"
#include "cli/run.hpp"
#include "objects/embedded.hpp"
#include "objects/full_encoder.hpp"
#include "objects/object_reader.hpp"
#include "record/decoder.hpp"
#include "record/line_encoder.hpp"
#include "record/parallel.hpp"
#include "record/plumbing.hpp"
#include "schema/explain.hpp"
#include "schema/shipped.hpp"

namespace {

using namespace bradawl;
using record::Plumbing;
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

std::unique_ptr<schema::ObjectCodec> codec_for(const Settings& settings) {
    return std::make_unique<objects::EmbeddedObjects>(settings.spelling, settings.limits, settings.decode.strict);
}

void put_tally(Plumbing& pipe, const Settings& settings, const std::string& tally) {
    pipe.emitter.put(fmt::format("{{{},\"bytes\":{}}}", tally, pipe.source.offset() - settings.offset));
    pipe.emitter.end_record();
}

void decode(Plumbing& pipe, const Settings& settings) {
    const auto schema = read_schema(settings);
    const auto codec = codec_for(settings);
    record::Decoder decoder(*schema, pipe.source, pipe.name, settings.limits, settings.decode, codec.get());
    if (settings.command == Command::check) {
        decoder.check();
        put_tally(pipe, settings, fmt::format("\"records\":{}", decoder.records()));
    } else if (settings.command == Command::annotate) {
        record::annotate(decoder, pipe.tape, pipe.source, pipe.emitter, settings.spelling);
    } else {
        record::decode_parallel({*schema, pipe.source, pipe.name, settings.limits, settings.decode, settings.spelling,
                                 [&settings] { return codec_for(settings); }},
                                static_cast<unsigned>(settings.jobs), pipe.emitter);
    }
}

void read_objects(Plumbing& pipe, const Settings& settings) {
    const bool check = settings.command == Command::check;
    objects::ObjectOptions options = settings.objects;
    if (settings.has_schema()) options.records = read_schema(settings);
    objects::ObjectReader reader(pipe.source, check ? nullptr : &pipe.emitter, pipe.name, settings.spelling,
                                 settings.limits, options);
    while (reader.next())
        continue;
    if (check)
        put_tally(pipe, settings, fmt::format("\"contents\":{},\"objects\":{}", reader.contents(), reader.objects()));
}

void read_bytes(Plumbing& pipe, const Settings& settings) {
    pipe.source.skip(settings.offset);
    const bool is_stream = !settings.has_schema() && settings.command != Command::annotate && pipe.source.ensure(4) &&
                           java::load32(pipe.source.at()) == 0xaced0005;
    if (settings.command == Command::objects || is_stream) return read_objects(pipe, settings);
    if (pipe.source.ensure(4)) {
        const char* const front = reinterpret_cast<const char*>(pipe.source.at());
        settings.require_schema(schema::shipped_for({front, pipe.source.at_hand()}));
    }
    settings.require_schema();
    decode(pipe, settings);
}

void encode(Plumbing& pipe, const Settings& settings) {
    io::LineReader lines(pipe.input, settings.limits.memory);
    record::LineWriter writer{pipe.input, lines, pipe.name, pipe.output, settings.limits.output};
    if (settings.has_schema()) {
        const auto schema = read_schema(settings);
        const auto codec = codec_for(settings);
        record::Encoder encoder(*schema, settings.spelling, settings.limits, settings.wrap, codec.get());
        return record::LineEncoder(*schema, encoder, settings.decode.header).run(writer);
    }
    objects::FullEncoder encoder(settings.spelling, settings.limits);
    encoder.write_lines(writer, settings.objects.header);
}

cli::Ending work(cli::World& world, Settings& settings) {
    settings.settle();
    if (settings.command == Command::schema) {
        world.out.write(schema::explain(*read_schema(settings)));
        return 0;
    }
    Plumbing pipe({settings.file, settings.follow, settings.command == Command::annotate, settings.limits.output},
                  world.stop, world.clock, world.out);
    const bool to_the_end =
        pipe.run([&] { settings.command == Command::encode ? encode(pipe, settings) : read_bytes(pipe, settings); });
    return to_the_end ? cli::Ending(0) : cli::Ending::by_signal();
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
