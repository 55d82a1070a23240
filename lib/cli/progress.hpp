#pragma once

#include <string_view>

#include "core/clock.hpp"

namespace bradawl::cli {

enum class ProgressMode { automatic, always, never };

/// One rewritten line on standard error that tells a person how the work goes. Nothing when standard error is no
/// terminal, unless asked for.
class Progress {
public:
    explicit Progress(const Clock& clock) : clock_(clock) {}

    void set_mode(ProgressMode mode);

    /// Whether a person is watching.
    bool on() const { return on_; }

    /// Whether a new text would be shown now: at most five times a second. Ask before making the text.
    bool due() const;

    /// Shows `text`, cut to the terminal's width.
    void show(std::string_view text);

    /// Takes the line away, before a message or at the end.
    void clear();

private:
    const Clock& clock_;
    bool on_ = false;
    bool shown_ = false;
    TimePoint last_{};
};

}  // namespace bradawl::cli
