#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/clock.hpp"

namespace bradawl::cli {

enum class Level { error, warn, info, debug };
enum class LogFormat { text, json };

/// A fact of a log line beyond its text: shown by --log-format=json under its name.
using FieldValue = std::variant<std::string_view, double, std::int64_t, std::uint64_t, bool>;
using Field = std::pair<std::string_view, FieldValue>;

/// Messages to standard error, a line each, written at once: `NAME: text`, or an object with `time`, `level`, `event`,
/// `message` and the fields.
class Log {
public:
    Log(std::string name, const Clock& clock) : name_(std::move(name)), clock_(clock) {}

    void set_format(LogFormat format) { format_ = format; }
    LogFormat format() const { return format_; }

    /// What is less important than `level` is left out.
    void set_level(Level level) { level_ = level; }
    bool shows(Level level) const { return level <= level_; }
    Level level() const { return level_; }

    /// `event` is a stable word for programs; `text` is for people.
    void line(Level level, std::string_view event, std::string_view text, std::initializer_list<Field> fields = {});

    /// A line that says what to do about the error before it: text format only, JSON carries it as a field.
    void hint(std::string_view text);

    /// Clears a progress line before the next message. Called with nothing to clear it does nothing.
    void set_before_line(void (*hook)(void*), void* context);

private:
    std::string as_json(Level level, std::string_view event, std::string_view text,
                        std::initializer_list<Field> fields) const;

    std::string name_;
    const Clock& clock_;
    LogFormat format_ = LogFormat::text;
    Level level_ = Level::warn;
    void (*before_line_)(void*) = nullptr;
    void* context_ = nullptr;
};

}  // namespace bradawl::cli
