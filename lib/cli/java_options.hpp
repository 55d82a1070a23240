#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "java/options.hpp"
#include "objects/options.hpp"
#include "record/options.hpp"

namespace CLI {
class App;
}

namespace bradawl::cli {

/// What jdata-dump's command line sets.
struct JdataDumpOptions {
    enum class Command { decode, encode, objects, annotate, check, schema };

    Command command = Command::decode;
    bool command_given = false;
    std::string file = "-";

    std::string schema;       ///< the text, or @NAME
    std::string schema_file;  ///< where the text is
    java::Spelling spelling;
    java::Limits limits;
    record::DecodeOptions decode;
    objects::ObjectOptions objects;
    std::vector<std::string> select;
    std::string each;
    std::uint64_t offset = 0;
    std::uint64_t jobs = 1;
    bool follow = false;
    bool wrap = false;

    /// Declares the commands and their options. The object must live as long as `app`.
    void declare(CLI::App& app);

    /// Looks at what the options are together. Errors: Fault::usage.
    void settle();

    /// Errors: Fault::usage when there is none, with the one that comes along and is `known` to fit.
    void require_schema(std::string_view known = {}) const;

    bool has_schema() const { return !schema.empty() || !schema_file.empty(); }

private:
    void declare_output(CLI::App& app);
    void declare_limits(CLI::App& app);

    std::string selected_;
    bool no_header_ = false;
};

}  // namespace bradawl::cli
