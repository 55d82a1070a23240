#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "finance/report.hpp"
#include "finance/twofold_mean.hpp"

namespace bradawl::finance {

/// The standard deviation (ddof 1) of the last `window` returns, row by row. Sums are kept of the older and the newer
/// part of the window apart and merged (a queue made of two stacks), so nothing is ever subtracted and no error stays:
/// what has left the window leaves no trace. O(window) memory, and O(1) time a row on the average.
class Rolling {
public:
    /// Errors: Fault::usage for a window of less than two rows.
    explicit Rolling(std::uint64_t window);

    /// Adds a row.
    void add(double value);

    /// The latest; NaN before the window is full.
    double latest() const { return latest_; }

    /// First, last, least and greatest so far, and a few hundred of them: the first, and of those behind it each of the
    /// same distance, a power of two.
    RollingRisk risk() const;

    /// All numbers bit by bit, for a later run to go on with. load() says false for a text that is not so, and this is
    /// of no use then.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    /// Of some values: how many, their mean, and the sum of squares around it.
    struct Sums {
        double n = 0;
        TwofoldMean mean;
        double square = 0;

        void add(double value);
        Sums with(const Sums& other) const;
        void save(std::string& text) const;
        bool load(std::string_view& text);
    };
    static constexpr std::size_t most_samples = 512;

    void turn();
    void sample(double value);

    std::uint64_t window_;
    std::vector<double> newer_;  // values that came since the last turn
    Sums newer_sums_;
    std::vector<Sums> older_;  // of what is left of the window before, those of most values last
    double latest_ = unknown_value;
    double first_ = unknown_value;
    double lowest_ = unknown_value;
    double highest_ = unknown_value;
    std::vector<double> samples_;
    std::uint64_t stride_ = 1;
    std::uint64_t seen_ = 0;
};

}  // namespace bradawl::finance
