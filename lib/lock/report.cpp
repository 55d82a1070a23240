#include "lock/report.hpp"

#include <chrono>

#include "json/writer.hpp"
#include "lock/store.hpp"
#include "text/printable.hpp"
#include "text/quantity.hpp"
#include "text/time.hpp"

namespace bradawl::lock {
namespace {

double seconds(Duration time) {
    return std::chrono::duration<double>(std::chrono::floor<std::chrono::milliseconds>(time)).count();
}

// "eve@web1 (host web1, pid 4711) for 12.3 s"
std::string describe(const Holder& holder) {
    std::string text = holder.owner.empty() ? "somebody" : text::printable(holder.owner, 200);
    if (!holder.host.empty())
        text += " (host " + text::printable(holder.host) + ", pid " + std::to_string(holder.pid) + ")";
    if (holder.age) text += " for " + text::describe_duration(std::max(*holder.age, Duration::zero()));
    return text;
}

std::string describe_end(const Holder& holder) {
    std::string text = ", without end";
    if (holder.left && *holder.left > Duration::zero()) text = ", " + text::describe_duration(*holder.left) + " left";
    if (holder.left && *holder.left <= Duration::zero())
        text = ", not released, ended " + text::describe_duration(-*holder.left) + " ago";
    if (holder.token != 0) text += ", token " + std::to_string(holder.token);
    return text;
}

void write_holders(json::Writer& writer, const std::vector<Holder>& holders) {
    const auto time = [&](std::string_view key, std::optional<Duration> span) {
        writer.key(key);
        if (span) {
            writer.number(seconds(*span));
        } else {
            writer.null();
        }
    };
    writer.begin_array();
    for (const Holder& holder : holders) {
        writer.begin_object();
        writer.key("owner");
        writer.foreign_string(holder.owner);
        writer.key("host");
        writer.foreign_string(holder.host);
        writer.key("pid");
        writer.integer(holder.pid);
        writer.key("token");
        writer.integer(holder.token);
        writer.key("acquired");
        if (holder.acquired) {
            writer.string(text::to_rfc3339(*holder.acquired));
        } else {
            writer.null();
        }
        time("age", holder.age);
        time("left", holder.left);
        writer.end_object();
    }
    writer.end_array();
}

// In single quotes, which a shell takes as they are but for the quote itself.
std::string shell_quoted(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'') quoted += "'\\'";
        quoted += c;
    }
    return quoted += '\'';
}

}  // namespace

std::string describe(const State& state) {
    const std::string name = text::printable(state.name, 300) + ": ";
    std::string text;
    for (const Holder& holder : state.holders) {
        text += name + "held by " + describe(holder) + describe_end(holder);
        if (state.count > 1)
            text += ", " + std::to_string(state.holders.size()) + " of " + std::to_string(state.count) + " places";
        text += '\n';
    }
    for (const Holder& holder : state.lapsed)
        text += name + "free, was held by " + describe(holder) + describe_end(holder) + '\n';
    if (!text.empty()) return text;
    text = name + "free";
    if (state.token != 0) text += ", last token " + std::to_string(state.token);
    return text += '\n';
}

std::string summary(const State& state) {
    const std::string text = describe(state);
    return text.substr(0, text.find('\n'));
}

std::string to_json(const State& state) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    writer.key("name");
    writer.foreign_string(state.name);
    writer.key("held");
    writer.boolean(!state.holders.empty());
    writer.key("count");
    writer.integer(state.count);
    writer.key("token");
    writer.integer(state.token);
    writer.key("holders");
    write_holders(writer, state.holders);
    writer.key("expired");
    write_holders(writer, state.lapsed);
    writer.end_object();
    return text += '\n';
}

std::string to_json_line(const Claim& claim, std::uint64_t token, const StoreOptions& store) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    writer.key("name");
    writer.string(claim.name);
    writer.key("token");
    writer.integer(token);
    writer.key("nonce");
    writer.string(claim.nonce);
    writer.key("owner");
    writer.string(claim.owner);
    writer.key("lease");
    writer.number(seconds(claim.lease));
    if (is_public(store.store)) {
        writer.key("store");
        writer.string(store.store);
    }
    writer.end_object();
    return text += '\n';
}

std::vector<std::string> to_environment(const Claim& claim, std::uint64_t token, const StoreOptions& store) {
    std::vector<std::string> variables{"MLOCK_NAME=" + claim.name, "MLOCK_OWNER=" + claim.owner,
                                       "MLOCK_TOKEN=" + std::to_string(token), "MLOCK_NONCE=" + claim.nonce};
    if (is_public(store.store)) variables.push_back("MLOCK_STORE=" + store.store);
    if (!store.collection.empty()) variables.push_back("MLOCK_COLLECTION=" + store.collection);
    if (store.compat_lockerroom) variables.emplace_back("MLOCK_COMPAT_LOCKERROOM=true");
    if (store.allow_weak) variables.emplace_back("MLOCK_ALLOW_WEAK=true");
    return variables;
}

std::string to_exports(const std::vector<std::string>& environment) {
    std::string text;
    for (const std::string& variable : environment) {
        const auto equals = variable.find('=');
        text += "export " + variable.substr(0, equals + 1) + shell_quoted(variable.substr(equals + 1)) + '\n';
    }
    return text;
}

}  // namespace bradawl::lock
