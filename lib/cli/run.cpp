#include "cli/run.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <new>

#include "cli/declare.hpp"
#include "cli/generate.hpp"
#include "cli/help.hpp"
#include "cli/layers.hpp"
#include "cli/option_tree.hpp"
#include "cli/signals.hpp"
#include "core/system_clock.hpp"
#include "core/version.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"

namespace bradawl::cli {

namespace {

/// The options every tool has.
struct SharedOptions {
    std::string config_path;
    std::string shell;  // of --generate
    int verbose = 0;
    bool quiet = false;
    bool version = false;
    bool line_buffered = false;
    LogFormat log_format = LogFormat::text;
    ProgressMode progress = ProgressMode::automatic;
};

void declare_shared(CLI::App& app, SharedOptions& shared) {
    const std::string group = "Messages and settings";
    app.add_option("--config", shared.config_path, "read options from this TOML file")->type_name("FILE")->group(group);
    app.add_flag("-v,--verbose", shared.verbose, "say more; twice: still more")->group(group);
    app.add_flag("-q,--quiet", shared.quiet, "say errors only")->group(group);
    add_choice<LogFormat>(app, "--log-format", shared.log_format,
                          {{"text", LogFormat::text}, {"json", LogFormat::json}},
                          "messages as text or as one JSON object a line")
        ->group(group);
    add_choice<ProgressMode>(
        app, "--progress", shared.progress,
        {{"auto", ProgressMode::automatic}, {"always", ProgressMode::always}, {"never", ProgressMode::never}},
        "the progress line on a terminal")
        ->group(group);
    app.add_flag("--line-buffered", shared.line_buffered, "flush standard output after every line")->group(group);
    app.set_help_flag("-h,--help", "show this help and exit")->group(group);
    app.add_flag("-V,--version", shared.version, "show the version and exit; with -v also the libraries linked in")
        ->group(group);
    app.add_option("--generate", shared.shell, "")->group("");  // hidden: for completions and their tests
}

/// The words after the tool's name, last first, as CLI11 wants them. An empty value behind a `=` becomes a word of its
/// own: CLI11 would take the next option for it.
std::vector<std::string> words_of(int argc, char** argv) {
    std::vector<std::string> words;
    bool options = true;
    for (int i = 1; i < argc; ++i) {
        std::string word = argv[i];
        options = options && word != "--";
        const bool empty_value = options && word.starts_with("--") && word.find('=') == word.size() - 1;
        if (empty_value) word.pop_back();
        words.push_back(std::move(word));
        if (empty_value) words.emplace_back();
    }
    std::reverse(words.begin(), words.end());
    return words;
}

std::string version_text(const Tool& tool, bool with_libraries) {
    std::string text = fmt::format("{} (bradawl) {}\n", tool.name, version());
    if (with_libraries && tool.libraries) {
        for (const auto& library : tool.libraries())
            text += library + "\n";
    }
    return text;
}

/// A usage error in our words, with the nearest option where one was mistyped.
Error usage_error(const Tool& tool, const CLI::App& app, const CLI::ParseError& error) {
    const std::string try_help = fmt::format("Try '{} --help'.", tool.name);
    std::string text = error.what();
    const CLI::App* active = &app;
    for (const CLI::App* command : app.get_subcommands())
        active = command;
    const auto extras = app.remaining(true);
    if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr || extras.empty()) {
        while (!text.empty() && text.back() == '.')
            text.pop_back();
        if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
            text = text.substr(0, text.find(':')) + ": its value is missing";
        }
        // A refusal of ours shows the value in a harmless form already.
        const bool ours = dynamic_cast<const CLI::ValidationError*>(&error) != nullptr;
        return {Fault::usage, ours ? text : text::printable(text, 400), try_help};
    }
    const bool ended = extras.front() == "--" && extras.size() > 1;  // what follows is no option
    if (ended || !extras.front().starts_with('-')) {
        const std::string& operand = extras[ended ? 1 : 0];
        return {Fault::usage, fmt::format("unexpected operand '{}'", text::printable(operand)), try_help};
    }
    const std::string given = extras.front().substr(0, extras.front().find('='));  // its value may be a secret
    text = fmt::format("unknown option '{}'", text::printable(given));
    const std::string near = text::nearest(given.substr(std::min<std::size_t>(2, given.size())), long_names(*active));
    return {Fault::usage, text, (near.empty() ? "" : "Did you mean '--" + near + "'? ") + try_help};
}

std::vector<CLI::App*> commands_of(CLI::App& app) {
    return app.get_subcommands([](const CLI::App*) { return true; });
}

Error no_command(const Tool& tool, CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : commands_of(app))
        names.push_back(command->get_name());
    return {Fault::usage, fmt::format("a command is needed: {}", fmt::join(names, ", ")),
            fmt::format("Try '{} --help'.", tool.name)};
}

std::uint64_t system_seed() {
    std::uint64_t seed = 0;
    if (::getrandom(&seed, sizeof seed, 0) != sizeof seed)
        throw Error(Fault::internal, "no random bytes from the system");
    return seed;
}

/// Keeps a standard stream that the parent closed from becoming the descriptor of another file. Opened the wrong way
/// round, so that reading and writing it fails as before.
void reserve_standard_streams() {
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(fd, F_GETFD) < 0) ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

/// One run of a tool: the objects of the outside world, in the order they need each other.
class Run {
public:
    explicit Run(const Tool& tool)
        : tool_(tool), clock_(stop_), log_(tool.name, clock_), progress_(clock_), out_(io::Output::standard()) {
        log_.set_before_line([](void* progress) { static_cast<Progress*>(progress)->clear(); }, &progress_);
        install_signals(stop_);
    }

    int main(int argc, char** argv, const std::function<Work(CLI::App&)>& declare) {
        try {
            const Ending ending = work(argc, argv, declare);
            progress_.clear();
            out_.close();
            if (ending.is_by_signal()) die_by(stop_.signal() == 0 ? SIGTERM : stop_.signal());
            return ending.code();
        } catch (const io::BrokenPipe& error) {
            if (error.text().starts_with(out_.name())) die_by(SIGPIPE);
            return tell(error);
        } catch (const Error& error) {
            return tell(error);
        } catch (const std::bad_alloc&) {
            return tell(Error(Fault::internal, "out of memory"));
        } catch (const std::exception& error) {
            return tell(
                Error(Fault::internal, fmt::format("internal error: {}", error.what()), "this is a bug in bradawl"));
        }
    }

private:
    Ending work(int argc, char** argv, const std::function<Work(CLI::App&)>& declare) {
        CLI::App app(tool_.summary, tool_.name);
        app.fallthrough();
        app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        const Work task = declare(app);
        SharedOptions shared;
        declare_shared(app, shared);
        name_environment(app, tool_.environment_prefix);
        for (CLI::App* command : commands_of(app))
            command->set_help_flag("-h,--help", "show this help and exit");
        try {
            const EnvironmentUnread unread(app);
            app.parse(words_of(argc, argv));
        } catch (const CLI::CallForHelp&) {
            const auto commands = app.get_subcommands();
            out_.write(help_text(tool_, app, commands.empty() ? app : *commands.front()));
            return 0;
        } catch (const CLI::ParseError& error) {
            if (shared.version || !shared.shell.empty()) return answer(app, shared);
            throw usage_error(tool_, app, error);
        }
        if (shared.version || !shared.shell.empty()) return answer(app, shared);
        const bool command_missing = !commands_of(app).empty() && app.get_subcommands().empty();
        if (command_missing && !tool_.command_optional) throw no_command(tool_, app);
        const bool config_given = app.count("--config") > 0;
        apply_layers(app, config_given ? shared.config_path : default_config_path(tool_.name), config_given);
        configure(shared);
        World world{stop_, clock_, out_, log_, progress_, system_seed()};
        return task(world);
    }

    Ending answer(const CLI::App& app, const SharedOptions& shared) {
        out_.write(shared.version ? version_text(tool_, shared.verbose > 0) : generate(tool_, app, shared.shell));
        return 0;
    }

    void configure(const SharedOptions& shared) {
        log_.set_format(shared.log_format);
        const Level level = shared.verbose > 1 ? Level::debug : shared.verbose == 1 ? Level::info : Level::warn;
        log_.set_level(shared.quiet ? Level::error : level);
        progress_.set_mode(shared.quiet ? ProgressMode::never : shared.progress);
        out_.set_line_buffered(shared.line_buffered);
    }

    /// Prints the error and gives its exit code. What was written before it goes out first: whole records stay whole.
    int tell(const Error& error) {
        progress_.clear();
        try {
            out_.close();
        } catch (const io::BrokenPipe&) {
            // The reader is gone and there is a worse thing to tell.
        } catch (const Error& on_close) {
            if (on_close.text() != error.text()) log_.line(Level::error, "output", on_close.text());
        }
        const std::int64_t code = exit_code(error.fault());
        log_.line(Level::error, "error", error.text(), {{"exit", code}, {"hint", std::string_view(error.hint())}});
        if (!error.hint().empty() && !json_log()) log_.hint(error.hint());
        return static_cast<int>(code);
    }

    bool json_log() const { return log_.format() == LogFormat::json; }

    const Tool& tool_;
    Stop stop_;
    SystemClock clock_;
    Log log_;
    Progress progress_;
    io::Output out_;
};

}  // namespace

int run(int argc, char** argv, const Tool& tool, const std::function<Work(CLI::App&)>& declare) {
    reserve_standard_streams();
    return Run(tool).main(argc, argv, declare);
}

}  // namespace bradawl::cli
