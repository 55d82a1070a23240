#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bradawl::finance {

/// What was done with the input: every decision, and what looked odd.
struct Audit {
    struct Jump {
        std::string label;
        std::string asset;
        double change;  ///< a simple return
        std::uint64_t line;
    };
    static constexpr std::size_t most_jumps = 20;  // shown one by one

    std::string input;
    std::uint64_t rows = 0;     ///< read, in the range asked for
    std::uint64_t returns = 0;  ///< used
    std::uint64_t dropped = 0;  ///< returns with a gap
    std::uint64_t filled = 0;   ///< values made up: the price before, or zero
    std::uint64_t merged = 0;   ///< rows of a date that was there already
    std::uint64_t jump_count = 0;
    std::vector<Jump> jumps;           ///< the first of them
    std::vector<std::uint64_t> gaps;   ///< missing values by asset
    std::vector<std::uint64_t> stale;  ///< by asset: the longest run of the same price
    std::string first;                 ///< label of the first row
    std::string last;
    std::vector<std::string> assumptions;  ///< decisions that nobody asked for; --strict refuses them
};

/// A warning about one of the jumps: `prices.csv:1001: DAX fell 50.2 % in a row; …`.
std::string describe_jump(const Audit& audit, std::size_t index);

}  // namespace bradawl::finance
