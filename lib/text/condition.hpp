#pragma once

#include <functional>
#include <optional>
#include <string>

namespace bradawl::text {

/// A condition on a figure: `ewma>0.25`, `dd<=-0.1`, `valid_acc>=.8`.
class Condition {
public:
    /// `option`: where it was given, and `example`: a condition, both for messages. Errors: Fault::usage for what is no
    /// condition; which names there are is asked for later.
    Condition(std::string option, const std::string& expression, const std::string& example);

    /// The value of a figure by its name; nothing when there is none of that name.
    using Figures = std::function<std::optional<double>(const std::string& name)>;

    /// Errors: Fault::usage for an unknown name, with `hint`, which says what names there are.
    void check(const Figures& figures, const std::string& hint) const { value_of(figures, hint); }

    /// Whether the condition holds. A figure that is not known yet (NaN) makes none hold.
    /// Errors: as for check().
    bool holds(const Figures& figures, const std::string& hint) const;

    const std::string& text() const { return text_; }

private:
    double value_of(const Figures& figures, const std::string& hint) const;

    std::string option_;
    std::string text_;
    std::string name_;
    std::string relation_;
    double limit_ = 0;
};

}  // namespace bradawl::text
