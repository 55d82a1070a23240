#pragma once

#include <functional>
#include <optional>
#include <string>

namespace bradawl::finance {

/// A condition on figures of a portfolio: `ewma>0.25`, `dd<=-0.1`, `pcr:DAX>0.5`.
class Alert {
public:
    /// Errors: Fault::usage for what is no condition; which names there are is asked for later.
    explicit Alert(const std::string& expression);

    /// The value of a figure by its name; nothing when there is none of that name.
    using Figures = std::function<std::optional<double>(const std::string& name)>;

    /// Whether the condition holds. A figure that is not known yet (NaN) makes none hold.
    /// Errors: Fault::usage for an unknown name.
    bool holds(const Figures& figures) const;

    const std::string& text() const { return text_; }

private:
    std::string text_;
    std::string name_;
    std::string relation_;
    double limit_ = 0;
};

}  // namespace bradawl::finance
