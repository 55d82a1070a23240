#include "cli/log.hpp"

#include <unistd.h>

#include "json/writer.hpp"
#include "text/time.hpp"

namespace bradawl::cli {

namespace {

std::string_view word(Level level) {
    switch (level) {
        case Level::error:
            return "error";
        case Level::warn:
            return "warn";
        case Level::info:
            return "info";
        case Level::debug:
            return "debug";
    }
    return "error";
}

void put(std::string_view line) {
    // Standard error is where failures are told; its own failure has nowhere to go.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

void Log::line(Level level, std::string_view event, std::string_view text, std::initializer_list<Field> fields) {
    if (!shows(level)) return;
    std::string out =
        format_ == LogFormat::json ? as_json(level, event, text, fields) : name_ + ": " + std::string(text);
    out += '\n';
    if (before_line_ != nullptr) before_line_(context_);
    put(out);
}

void Log::hint(std::string_view text) {
    put(name_ + ": " + std::string(text) + "\n");
}

void Log::set_before_line(void (*hook)(void*), void* context) {
    before_line_ = hook;
    context_ = context;
}

std::string Log::as_json(Level level, std::string_view event, std::string_view text,
                         std::initializer_list<Field> fields) const {
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    const auto put = [&](std::string_view key, const auto& value) {
        writer.key(key);
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::string_view>) writer.string(value);
        if constexpr (std::is_same_v<Value, double>) writer.number(value);
        if constexpr (std::is_same_v<Value, std::int64_t> || std::is_same_v<Value, std::uint64_t>)
            writer.integer(value);
        if constexpr (std::is_same_v<Value, bool>) writer.boolean(value);
    };
    put("time", std::string_view(text::to_rfc3339(clock_.wall())));
    put("level", word(level));
    put("tool", std::string_view(name_));
    put("event", event);
    put("message", text);
    for (const auto& [key, value] : fields) {
        std::visit([&, name = key](const auto& held) { put(name, held); }, value);
    }
    writer.end_object();
    return out;
}

}  // namespace bradawl::cli
