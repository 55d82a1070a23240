#include "cli/java_options.hpp"

#include <CLI/CLI.hpp>

#include "cli/group.hpp"
#include "core/error.hpp"

namespace bradawl::cli {

namespace {

constexpr std::uint64_t deepest = 4000;  // levels that the stack holds
constexpr std::uint64_t most_jobs = 256;

}  // namespace

void JdataDumpOptions::declare(CLI::App& app) {
    const auto add = [&](const std::string& name, Command which, const std::string& description) {
        app.add_subcommand(name, description)->callback([this, which] {
            command = which;
            command_given = true;
        });
    };
    add("decode", Command::decode, "Print data written by a DataOutputStream as lines of JSON (the default)");
    add("encode", Command::encode, "Write the bytes that lines of JSON stand for");
    add("objects", Command::objects, "Print a stream written by an ObjectOutputStream as lines of JSON");
    add("annotate", Command::annotate, "Print every value with its offset, bytes, path and type");
    add("check", Command::check, "Read everything, print only how much it was");
    add("schema", Command::schema, "Print what a schema means and how many bytes its fields take");
    app.require_subcommand(0, 1);  // a file may be called like a command
    Group(app, "Schema")
        .text("-s,--schema", schema, "TEXT", "fields such as 'id:int name:utf', or @tzdb @jks @jceks @class...")
        .text("-S,--schema-file", schema_file, "FILE", "read the schema from this file");
    declare_output(app);
    declare_limits(app);
    app.add_option("FILE", file, "what to read (schema: what to explain); - is standard input");
}

void JdataDumpOptions::declare_output(CLI::App& app) {
    using java::BytesForm;
    using java::LongForm;
    using record::HeaderForm;
    using Style = objects::Style;
    Group(app, "Selection")
        .text("--select", selected_, "PATHS", "only these fields: a,b.c")
        .text("--each", each, "PATH", "a line for every element of this array")
        .count("--skip", decode.skip, "records to pass over first")
        .count("--limit", decode.limit, "records to print at most (inf)")
        .size("--offset", offset, "bytes to pass over first")
        .flag("--follow", follow, "wait for more at the end of the file");
    Group(app, "Output")
        .choice<LongForm>("--long", spelling.longs,
                          {{"number", LongForm::number}, {"safe", LongForm::safe}, {"string", LongForm::string}},
                          "64-bit integers: safe quotes those beyond 2^53 (number)")
        .choice<BytesForm>("--bytes", spelling.bytes, {{"hex", BytesForm::hex}, {"base64", BytesForm::base64}},
                           "raw bytes (hex)")
        .choice<HeaderForm>("--header", decode.header,
                            {{"line", HeaderForm::line}, {"drop", HeaderForm::drop}, {"merge", HeaderForm::merge}},
                            "the section in front of the records (line)")
        .flag("--strict", decode.strict, "refuse text and booleans that Java would not write so")
        .flag("--lossy-replace", spelling.lossy_replace, "print malformed text with U+FFFD in it")
        .count("--jobs", jobs, "decode with so many threads (1)");
    Group(app, "Object streams")
        .choice<Style>("--style", objects.style,
                       {{"natural", Style::natural}, {"full", Style::full}, {"flat", Style::flat}},
                       "plain JSON, everything, or a line an object (natural)")
        .texts("--class", objects.classes, "'C = FIELDS'", "schema of what a class of this name wrote by itself")
        .flag("--no-header", no_header_, "the stream begins without its magic number")
        .flag("--ids", objects.ids, "natural: show the number of every object");
    Group(app, "Encoding").flag("--wrap", wrap, "narrow numbers that are out of range as Java does");
}

void JdataDumpOptions::declare_limits(CLI::App& app) {
    Group(app, "Limits")
        .count("--max-depth", limits.depth, "levels of nesting (200)")
        .size("--max-bytes", limits.bytes, "of one value that has to be held (64M)")
        .size("--max-output", limits.output, "bytes printed in all (1024G)")
        .size("--max-memory", limits.memory, "bytes to remember things or a line in (256M)");
}

void JdataDumpOptions::settle() {
    const auto refuse = [](const std::string& text) { throw Error(Fault::usage, text, "Try 'jdata-dump --help'."); };
    if (!schema.empty() && !schema_file.empty()) refuse("--schema and --schema-file exclude each other");
    if (limits.depth > deepest) refuse("--max-depth is at most " + std::to_string(deepest));
    if (jobs < 1 || jobs > most_jobs) refuse("--jobs is from 1 to " + std::to_string(most_jobs));
    objects.header = !no_header_;
    objects.strict = decode.strict;
    for (std::size_t begin = 0; begin < selected_.size();) {
        const std::size_t end = std::min(selected_.find(',', begin), selected_.size());
        if (end > begin) select.push_back(selected_.substr(begin, end - begin));
        begin = end + 1;
    }
    decode.each = !each.empty();
    const bool chooses = !select.empty() || !each.empty() || decode.skip > 0 ||
                         decode.limit < record::DecodeOptions{}.limit || offset > 0 || follow;
    if (command == Command::encode && chooses)
        refuse(
            "--select, --each, --skip, --limit, --offset and --follow choose what is decoded; encode writes all lines");
    if (command == Command::schema) {
        if (file != "-" && has_schema()) refuse("'schema' reads no data, but '" + file + "' was given beside a schema");
        if (file != "-") schema = file;  // schema @jks
        require_schema({});
    }
    if (command == Command::objects && has_schema() && objects.style == objects::Style::full)
        refuse("--style=full shows blocks as they are; leave out the schema");
}

void JdataDumpOptions::require_schema(std::string_view known) const {
    if (has_schema()) return;
    throw Error(Fault::usage, "a schema is needed: -s 'id:int name:utf', -s @jks or -S FILE",
                known.empty() ? "Try 'jdata-dump --help'." : "It begins as what -s @" + std::string(known) + " reads.");
}

}  // namespace bradawl::cli
