#include "cli/declare.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>
#include <optional>

#include "cli/layers.hpp"
#include "io/input.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"
#include "text/quantity.hpp"

namespace bradawl::cli {

namespace {

[[noreturn]] void refuse(const std::string& names, const std::string& value, const std::string& wanted) {
    const auto name = names.substr(names.rfind(',') + 1);
    throw CLI::ValidationError(name, fmt::format("'{}' is not {}", text::printable(value), wanted));
}

/// `FIRST:+STEP:CAP` or `FIRST:xFACTOR:CAP`.
std::optional<retry::Ladder> to_ladder(std::string_view text) {
    const auto first_end = text.find(':');
    const auto step_end = first_end == text.npos ? text.npos : text.find(':', first_end + 1);
    if (step_end == text.npos) return std::nullopt;
    const auto first = text::to_duration(text.substr(0, first_end));
    const auto step = text.substr(first_end + 1, step_end - first_end - 1);
    const auto cap = text::to_duration(text.substr(step_end + 1));
    if (!first || !cap || step.empty() || *cap < *first) return std::nullopt;
    if (step.front() == '+') {
        const auto add = text::to_duration(step.substr(1));
        return add ? std::optional(retry::Ladder{*first, *add, 1, *cap}) : std::nullopt;
    }
    const auto factor = step.front() == 'x' ? text::to_double(step.substr(1)) : std::nullopt;
    return factor && *factor >= 1 ? std::optional(retry::Ladder{*first, {}, *factor, *cap}) : std::nullopt;
}

}  // namespace

CLI::Option* add_count(CLI::App& app, const std::string& names, std::uint64_t& value, const std::string& description) {
    const auto set = [&value, names](const CLI::results_t& given) {
        const bool endless = given.back() == "inf";
        const auto count =
            endless ? std::optional(std::numeric_limits<std::uint64_t>::max()) : text::to_uint64(given.back());
        if (!count) refuse(names, given.back(), "a whole number or inf");
        value = *count;
        return true;
    };
    return app.add_option(names, set, description)->type_name("N");
}

CLI::Option* add_ladder(CLI::App& app, const std::string& names, retry::Ladder& value, const std::string& description) {
    const auto set = [&value, names](const CLI::results_t& given) {
        const auto ladder = to_ladder(given.back());
        if (!ladder)
            refuse(names, given.back(), "FIRST:+STEP:CAP or FIRST:xFACTOR:CAP, such as 0.25:+0.25:16 or 5:x2:320");
        value = *ladder;
        return true;
    };
    return app.add_option(names, set, description)->type_name("FIRST:STEP:CAP");
}

CLI::Option* add_duration(CLI::App& app, const std::string& names, std::chrono::nanoseconds& value,
                          const std::string& description) {
    const auto set = [&value, names](const CLI::results_t& given) {
        const auto time = text::to_duration(given.back());
        if (!time) refuse(names, given.back(), "a time such as 250ms, 30s, 5m or 1h30m");
        value = *time;
        return true;
    };
    return app.add_option(names, set, description)->type_name("TIME");
}

CLI::Option* add_patience(CLI::App& app, const std::string& names, std::chrono::nanoseconds& value,
                          const std::string& description) {
    const auto set = [&value, names](const CLI::results_t& given) {
        const bool endless = given.back() == "inf";
        const auto time = endless ? std::optional(std::chrono::nanoseconds::max()) : text::to_duration(given.back());
        if (!time) refuse(names, given.back(), "a time such as 30s or 5m, or inf");
        value = *time;
        return true;
    };
    return app.add_option(names, set, description)->type_name("TIME|inf");
}

CLI::Option* add_size(CLI::App& app, const std::string& names, std::uint64_t& value, const std::string& description) {
    const auto set = [&value, names](const CLI::results_t& given) {
        const auto size = text::to_size(given.back());
        if (!size) refuse(names, given.back(), "a number of bytes such as 4096, 64K or 16M");
        value = *size;
        return true;
    };
    return app.add_option(names, set, description)->type_name("SIZE");
}

CLI::Option* add_choice(CLI::App& app, const std::string& names, const std::vector<std::string>& words,
                        const std::string& description, std::function<void(std::size_t)> chosen) {
    const auto set = [=](const CLI::results_t& given) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i] != given.back()) continue;
            chosen(i);
            return true;
        }
        refuse(names, given.back(), fmt::format("one of {}", fmt::join(words, ", ")));
    };
    return app.add_option(names, set, description)->type_name(fmt::format("{}", fmt::join(words, "|")));
}

CLI::Option* add_secret(CLI::App& app, const std::string& names, std::string& value, const std::string& description,
                        bool (*is_public)(const std::string&)) {
    const auto set = [&value, names, is_public](const CLI::results_t& given) {
        const std::string& text = given.back();
        const bool in_file = !text.empty() && text.front() == '@';
        const bool is_secret = is_public == nullptr || !is_public(text);
        if (!in_file && is_secret && current_source() == Source::command_line) {
            const auto name = names.substr(names.rfind(',') + 1);
            throw CLI::ValidationError(
                name,
                "a secret on the command line can be read by every user (ps): give @FILE, or @- for standard "
                "input, or use the environment");
        }
        if (!in_file && is_secret && current_source() == Source::config_file) note_secret_in_config();
        value = in_file ? io::read_secret(text.substr(1)) : text;
        return true;
    };
    return app.add_option(names, set, description)->type_name(is_public == nullptr ? "@FILE" : "TEXT|@FILE");
}

}  // namespace bradawl::cli
