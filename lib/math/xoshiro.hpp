#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "core/random.hpp"

namespace bradawl::math {

/// The generator of resampling: xoshiro256** (Blackman, Vigna, 2018), its state the first four words of splitmix64 of
/// the seed. The same seed gives the same words on every machine.
class Xoshiro {
public:
    explicit Xoshiro(std::uint64_t seed) noexcept {
        Random words(seed);
        for (std::uint64_t& word : state_)
            word = words.next();
    }

    std::uint64_t next() noexcept {
        const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    /// Below `bound`: (next() * bound) >> 64, whose bias is too small to be seen.
    std::size_t below(std::size_t bound) noexcept {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::size_t>((static_cast<Wide>(next()) * bound) >> 64);
    }

private:
    std::array<std::uint64_t, 4> state_;
};

}  // namespace bradawl::math
