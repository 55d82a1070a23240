#include "cli/mongo_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>

#include "cli/group.hpp"
#include "text/printable.hpp"
#include "text/quantity.hpp"

namespace bradawl::cli {

namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& value, const std::string& wanted) {
    throw CLI::ValidationError(name, fmt::format("'{}' is not {}", text::printable(value), wanted));
}

CLI::Option* add_backoff(CLI::App& app, mongo::RetryOptions& retries) {
    const auto set = [&retries](const CLI::results_t& given) {
        const std::string& text = given.back();
        const auto dots = text.find("..");
        const auto base = text::to_duration(text.substr(0, dots));
        const auto cap = dots == text.npos ? base : text::to_duration(text.substr(dots + 2));
        const bool good = base && cap && base->count() > 0 && *base <= *cap;
        if (!good) refuse("--backoff", text, "a range of times such as 50ms..500ms");
        retries.backoff_base = *base;
        retries.backoff_cap = *cap;
        return true;
    };
    return app.add_option("--backoff", set, "first and longest wait between tries (50ms..500ms)")
        ->type_name("TIME..TIME");
}

}  // namespace

void MongoConnection::declare(CLI::App& app, bool (*is_public)(const std::string&)) {
    const std::string heading = "Connection";
    Group(app, heading)
        .secret("--uri", uri, "connection string, mongodb://HOST:PORT/ and the like", is_public)
        .environment("BRADAWL_MONGODB_URI")
        .patience("--retry-for", retries.retry_for, "longest outage to sit out; 0: none, or inf (2m)");
    add_backoff(app, retries)->group(heading);
}

void MongoRetryOptions::declare(CLI::App& app, bool (*is_public)(const std::string&)) {
    connection.declare(app, is_public);
    const auto add = [&](const std::string& name, Command which, const std::string& description) {
        CLI::App* const made = app.add_subcommand(name, description);
        made->callback([this, which] {
            command = which;
            write.operation = which == Command::upsert ? mongo::WriteOperation::upsert : mongo::WriteOperation::insert;
        });
        return made;
    };
    declare_writing(*add("insert", Command::insert, "Insert each line's document exactly once"));
    declare_writing(*add("upsert", Command::upsert, "Put each line's document in the place of the one with its _id"));
    declare_reading(*add("find", Command::find, "Print the documents of a collection, a line each"), true);
    declare_reading(*add("count", Command::count, "Print how many documents a collection has"), false);
}

void MongoRetryOptions::declare_writing(CLI::App& app) {
    Group(app, "Writing")
        .text("--into", write.into, "DB.COLL", "the collection to write to")
        .text("--id-from", write.id_from, "FIELD", "dotted path of the field whose value becomes the _id")
        .text("--dead", dead, "FILE", "append what is refused to this file, a line of JSON each")
        .flag("--strict", write.strict, "stop at the first line that is no document")
        .flag("--legacy", write.legacy, "read Extended JSON v1 too: $date as a number, $binary with $type")
        .count("--batch", write.batch, "documents sent at once, at most (1000)")
        .size("--batch-bytes", write.batch_bytes, "and bytes of them (8M)")
        .size("--max-line", write.line_limit, "longest line taken (48M)")
        .duration("--linger", write.linger, "how long a batch waits for more lines (20ms)")
        .duration("--wtimeout", write.write_timeout, "longest wait for a majority to confirm (10s)");
    app.add_option("FILE", files, "lines of JSON; - is standard input");
}

void MongoRetryOptions::declare_reading(CLI::App& app, bool whole) {
    Group group(app, "Reading");
    group.text("--from", find.from, "DB.COLL", "the collection to read")
        .text("--filter", find.filter, "JSON", "only documents that match this query");
    if (!whole) return;
    group.text("--sort", find.sort, "JSON", "order, such as '{\"when\":-1}' (by _id)")
        .text("--projection", find.projection, "JSON", "fields to read, such as '{\"name\":1}'")
        .count("--limit", find.limit, "end after N documents; 0: all")
        .count("--skip", find.skip, "leave out the first N")
        .choice<bool>("--json", find.canonical, {{"relaxed", false}, {"canonical", true}},
                      "form of Extended JSON: easy to read, or every type kept")
        .count("--batch", find.batch, "documents asked for at once (1000)");
}

}  // namespace bradawl::cli
