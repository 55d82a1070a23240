#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bradawl::nn {

/// What a generator starts from: a key of words, or one number in the older way of 1998 (NumPy's RandomState(5), which
/// is not RandomState([5])).
struct Seed {
    std::vector<std::uint32_t> key;
    bool plain = false;  ///< one number
};

/// The generator of all random numbers in training: MT19937 seeded by a key of words (Matsumoto, Nishimura 1998, and
/// init_by_array of 2002), as NumPy's RandomState and so Pylearn2 have it. The same key gives the same numbers on every
/// machine.
class Mersenne {
public:
    explicit Mersenne(std::span<const std::uint32_t> key);
    explicit Mersenne(const Seed& seed);

    std::uint32_t next32();

    /// Uniform in [0, 1) with 53 bits, of two words.
    double unit();

    /// Uniform in [low, high).
    double uniform(double low, double high) { return low + (high - low) * unit(); }

    /// Standard normal by the polar method of Marsaglia, two at a time, as NumPy's gauss does.
    double normal();

    /// Below `bound`, at least 1: words cut to its bits, drawn anew while they are too large.
    std::uint32_t below(std::uint32_t bound);

    /// Puts `order` in a random order (Fisher and Yates, from the end).
    void shuffle(std::span<std::uint32_t> order);

    /// The state as text, for training to go on from; load() says false for a text that is none.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    explicit Mersenne(std::uint32_t number);

    static constexpr std::size_t size = 624;

    void turn();

    std::array<std::uint32_t, size> state_{};
    std::size_t at_ = size;
    double spare_ = 0;
    bool has_spare_ = false;
};

}  // namespace bradawl::nn
