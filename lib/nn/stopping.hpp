#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace bradawl::nn {

/// When to stop. Several rules stop together: at the first of them, or with `all` when every one has said so.
struct StopOptions {
    bool all = false;
    std::uint64_t epochs = 0;    ///< after so many; 0: no such rule
    std::uint64_t patience = 0;  ///< after so many epochs without a better value; 0: no such rule
    double min_delta = 0;        ///< better is by this part of the value at least
    bool drifting = false;       ///< every lower value, however little, is what the next is compared with (Pylearn2)
    bool has_target = false;
    double target = 0;  ///< once the value is this low
};

/// Watches a value that should become small, once an epoch.
class Stopping {
public:
    explicit Stopping(const StopOptions& options) : options_(options), left_(options.patience) {}

    /// Whether to stop after this epoch (from 1), whose value is `value`; NaN is never better.
    bool done(std::uint64_t epoch, double value);

    /// What stopped it: `epochs`, `patience` or `target`.
    std::string_view reason() const { return reason_; }
    std::uint64_t patience_left() const { return left_; }

    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    StopOptions options_;
    std::uint64_t left_;
    double best_ = std::numeric_limits<double>::infinity();
    std::string_view reason_ = "";
};

}  // namespace bradawl::nn
