#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bradawl::finance {

/// How far a value made of returns has fallen below its highest so far, which at the beginning is 1: the least of
/// V/max V − 1, in O(1) memory.
class Drawdown {
public:
    /// Adds a row. `growth`: 1 + a simple return, or exp of a logarithmic one.
    void add(double growth);

    /// The deepest fall, not above 0: -0.18 is 18 % below.
    double worst() const { return worst_; }
    /// The fall in which the value stands now.
    double current() const { return value_ / high_ - 1; }
    /// Where the deepest fall began and where it was deepest: rows of prices, of which the first is 0; of equal ones
    /// the earliest. Both 0 where nothing fell.
    std::uint64_t peak() const { return worst_peak_; }
    std::uint64_t trough() const { return trough_; }

    /// All numbers bit by bit, for a later run to go on with. load() says false for a text that is not so, and this is
    /// of no use then.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    std::uint64_t row_ = 0;
    double value_ = 1;
    double high_ = 1;
    std::uint64_t high_row_ = 0;
    double worst_ = 0;
    std::uint64_t worst_peak_ = 0;
    std::uint64_t trough_ = 0;
};

}  // namespace bradawl::finance
