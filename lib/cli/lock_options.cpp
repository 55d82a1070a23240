#include "cli/lock_options.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "cli/group.hpp"
#include "core/error.hpp"
#include "json/check.hpp"
#include "json/writer.hpp"
#include "text/printable.hpp"
#include "text/quantity.hpp"

namespace bradawl::cli {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::chrono::nanoseconds usual_lease = seconds(30);
constexpr std::chrono::nanoseconds shortest_lease = milliseconds(100);
constexpr std::chrono::nanoseconds longest_lease = std::chrono::hours(24 * 365);
constexpr std::uint64_t most_places = 10'000;

bool is_utf8(const std::string& text) {
    std::string quoted;
    json::Writer(quoted).string(text);
    return !json::check(quoted);
}

void require_name(const std::string& text, const std::string& what, std::size_t limit) {
    if (text.empty()) throw Error(Fault::usage, what + " is needed, and not empty", "Try 'mlock --help'.");
    if (text.size() > limit) throw Error(Fault::usage, fmt::format("{} is longer than {} bytes", what, limit));
    if (!is_utf8(text)) throw Error(Fault::usage, fmt::format("{}: '{}' is not UTF-8", what, text::printable(text)));
}

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("localhost");
}

// A command that we run may change its folder and use the same store.
std::string absolute(const std::string& store) {
    const std::string folder = store.substr(store.find(':') + 1);
    return folder.empty() ? store : "file:" + std::filesystem::absolute(folder).string();
}

std::string owner_here(const std::string& host) {
    for (const char* const variable : {"LOGNAME", "USER"}) {
        const char* const user = std::getenv(variable);
        if (user != nullptr && *user != '\0') return std::string(user) + "@" + host;
    }
    return fmt::format("uid{}@{}", ::getuid(), host);
}

}  // namespace

CLI::App& MlockOptions::add(CLI::App& app, const std::string& name, Command which, const std::string& description) {
    CLI::App* const made = app.add_subcommand(name, description);
    made->callback([this, which] { command = which; });
    if (which != Command::list) made->add_option("NAME", claim.name, "the lock's name");
    return *made;
}

void MlockOptions::declare(CLI::App& app, bool (*is_public)(const std::string&)) {
    Group(app, "Store")
        .secret("--store", store.store, "where locks are: file:DIR, or mongodb://HOST/ and the like", is_public)
        .text("--collection", store.collection, "DB.COLL", "collection of a MongoDB store (locks.mlock)")
        .flag("--compat-lockerroom", store.compat_lockerroom, "share LockerRoom's collection (locks.locks)")
        .flag("--allow-weak", store.allow_weak, "take a store that may give a lock out twice");
    declare_run(add(app, "run", Command::run, "Run a command while holding a lock"));

    CLI::App& acquire = add(app, "acquire", Command::acquire, "Take a lock and print its token and nonce");
    declare_claim(acquire);
    Group(acquire, "Lock").flag("--export", exports, "print lines for a shell's eval, not JSON");

    CLI::App& renew = add(app, "renew", Command::renew, "Begin the lease of a lock anew");
    Group(renew, "Lock")
        .text("--nonce", nonce, "N", "what acquire printed")
        .duration("-l,--lease", claim.lease, "length of the lease from now on (as before)")
        .patience("-w,--wait", claim.wait, "longest wait for a store that is away (0)");

    CLI::App& release = add(app, "release", Command::release, "Give a lock back");
    Group(release, "Lock")
        .text("--nonce", nonce, "N", "what acquire printed")
        .flag("--force", force, "whoever holds it")
        .patience("-w,--wait", claim.wait, "longest wait for a store that is away (0)");

    CLI::App& status = add(app, "status", Command::status, "Print who holds a lock");
    Group(status, "Output").flag("--json", json, "a line of JSON");

    CLI::App& list = add(app, "list", Command::list, "Print the locks that are held");
    Group(list, "Output")
        .text("--prefix", prefix, "TEXT", "only names that begin so")
        .flag("--expired", expired_, "those that were not released in time")
        .flag("--all", all_, "free ones too")
        .flag("--json", json, "a line of JSON each");

    CLI::App& wait = add(app, "wait", Command::wait, "Wait until a lock is free, without taking it");
    Group(wait, "Lock")
        .patience("-w,--wait", claim.wait, "longest wait; 0: none, or inf (inf)")
        .flag("--held", held, "until somebody holds it");

    CLI::App& check = add(app, "check", Command::check, "Tell whether a fencing token is still current");
    Group(check, "Lock").count("--token", token, "what acquire printed");
}

void MlockOptions::declare_claim(CLI::App& app) {
    Group(app, "Lock")
        .duration("-l,--lease", claim.lease, "how long the lock outlives a silent holder (30s)")
        .patience("-w,--wait", claim.wait, "longest wait for the lock; 0: none, or inf (0)")
        .count("--count", claim.count, "how many may hold it at once (1)")
        .text("--owner", claim.owner, "TEXT", "who we are, for people (USER@HOST)");
}

void MlockOptions::declare_run(CLI::App& app) {
    declare_claim(app);
    Group(app, "Command")
        .duration("-k,--grace", grace, "from SIGTERM to SIGKILL, within the lease (5s)")
        .choice<proc::LeftBehind>(
            "--left-behind", left_behind,
            {{"wait", proc::LeftBehind::wait}, {"end", proc::LeftBehind::end}, {"leave", proc::LeftBehind::leave}},
            "what to do with processes that outlive CMD (wait)")
        .count("-E,--conflict-code", conflict_code, "exit code when others hold the lock (75)")
        .count("--lost-code", lost_code, "exit code when the lock was lost (124)")
        .text("--status-fd", status_fd, "FD", "say there, in JSON, how it ended");
    app.add_option("CMD", argv, "the command and its arguments, after --");
}

void MlockOptions::settle() {
    claim.host = host_name();
    claim.pid = ::getpid();
    if (store.store.starts_with("file:")) store.store = absolute(store.store);
    if (command != Command::list) require_name(claim.name, "NAME", 500);
    if (command == Command::run && argv.empty())
        throw Error(Fault::usage, "a command is needed", "mlock run NAME -- CMD ARGUMENT...");
    if (claim.owner.empty()) claim.owner = owner_here(claim.host);
    require_name(claim.owner, "--owner", 500);
    lease_given_ = claim.lease.count() >= 0;
    if (!lease_given_) claim.lease = usual_lease;
    if (claim.lease < shortest_lease || claim.lease > longest_lease) {
        throw Error(Fault::usage, "--lease: " + text::describe_duration(claim.lease) + " is not from 100 ms to a year");
    }
    if (claim.count < 1 || claim.count > most_places)
        throw Error(Fault::usage, fmt::format("--count: {} is not from 1 to {}", claim.count, most_places));
    if (claim.count > 1 && store.compat_lockerroom)
        throw Error(Fault::usage, "--count: LockerRoom knows no places of a lock", "leave --compat-lockerroom out");
    if (claim.wait.count() < 0) claim.wait = command == Command::wait ? lock::no_limit : std::chrono::nanoseconds(0);
    // A renewal that hangs for longer leaves no time for the next.
    store.timeout = claim.lease / 3;
    if (expired_) listed = lock::Listed::expired;
    if (all_) listed = lock::Listed::all;
    const bool needs_nonce = command == Command::renew || (command == Command::release && !force);
    if (needs_nonce && nonce.empty()) {
        throw Error(Fault::usage, "--nonce is needed: what 'mlock acquire' printed",
                    command == Command::release ? "--force releases the lock whoever holds it" : "");
    }
    if (command == Command::check && token == 0)
        throw Error(Fault::usage, "--token is needed: what 'mlock acquire' printed");
    if (command == Command::run) settle_run();
}

std::optional<std::chrono::nanoseconds> MlockOptions::new_lease() const {
    return lease_given_ ? std::optional(claim.lease) : std::nullopt;
}

std::optional<std::string> MlockOptions::whose() const {
    return force ? std::nullopt : std::optional(nonce);
}

void MlockOptions::settle_run() {
    const std::chrono::nanoseconds usual = seconds(5);
    if (grace.count() < 0) grace = std::min(usual, claim.lease / 6);
    if (grace > claim.lease / 3) {
        throw Error(Fault::usage,
                    fmt::format("--grace: {} leave a lease of {} no time to be renewed", text::describe_duration(grace),
                                text::describe_duration(claim.lease)),
                    "a third of the lease at most");
    }
    for (const auto& [code, name] : {std::pair{lost_code, "--lost-code"}, std::pair{conflict_code, "--conflict-code"}})
        if (code > 255) throw Error(Fault::usage, fmt::format("{}: {} is no exit code", name, code));
}

}  // namespace bradawl::cli
