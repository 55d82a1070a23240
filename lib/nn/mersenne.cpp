#include "nn/mersenne.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

namespace bradawl::nn {

Mersenne::Mersenne(std::uint32_t number) {
    state_[0] = number;
    for (std::size_t at = 1; at < size; ++at)
        state_[at] = 1812433253U * (state_[at - 1] ^ (state_[at - 1] >> 30)) + static_cast<std::uint32_t>(at);
}

Mersenne::Mersenne(const Seed& seed) : Mersenne(seed.plain ? Mersenne(seed.key[0]) : Mersenne(std::span(seed.key))) {}

Mersenne::Mersenne(std::span<const std::uint32_t> key) : Mersenne(std::uint32_t{19650218}) {
    std::size_t i = 1;
    std::size_t j = 0;
    for (std::size_t k = std::max(size, key.size()); k > 0; --k) {
        state_[i] =
            (state_[i] ^ ((state_[i - 1] ^ (state_[i - 1] >> 30)) * 1664525U)) + key[j] + static_cast<std::uint32_t>(j);
        if (++i >= size) {
            state_[0] = state_[size - 1];
            i = 1;
        }
        if (++j >= key.size()) j = 0;
    }
    for (std::size_t k = size - 1; k > 0; --k) {
        state_[i] =
            (state_[i] ^ ((state_[i - 1] ^ (state_[i - 1] >> 30)) * 1566083941U)) - static_cast<std::uint32_t>(i);
        if (++i >= size) {
            state_[0] = state_[size - 1];
            i = 1;
        }
    }
    state_[0] = 0x80000000U;
}

void Mersenne::turn() {
    const auto mix = [](std::uint32_t high, std::uint32_t low) {
        const std::uint32_t y = (high & 0x80000000U) | (low & 0x7fffffffU);
        return (y >> 1) ^ ((y & 1) != 0 ? 0x9908b0dfU : 0);
    };
    constexpr std::size_t middle = 397;
    for (std::size_t at = 0; at < size; ++at)
        state_[at] = state_[(at + middle) % size] ^ mix(state_[at], state_[(at + 1) % size]);
    at_ = 0;
}

std::uint32_t Mersenne::next32() {
    if (at_ == size) turn();
    std::uint32_t y = state_[at_++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680U;
    y ^= (y << 15) & 0xefc60000U;
    return y ^ (y >> 18);
}

double Mersenne::unit() {
    const std::uint32_t a = next32() >> 5;
    const std::uint32_t b = next32() >> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
}

double Mersenne::normal() {
    if (has_spare_) {
        has_spare_ = false;
        return spare_;
    }
    double x = 0;
    double y = 0;
    double square = 0;
    do {
        x = 2 * unit() - 1;
        y = 2 * unit() - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    const double factor = std::sqrt(-2 * std::log(square) / square);
    spare_ = factor * x;
    has_spare_ = true;
    return factor * y;
}

std::uint32_t Mersenne::below(std::uint32_t bound) {
    const std::uint32_t most = bound - 1;
    const std::uint32_t mask = most == 0 ? 0 : ~std::uint32_t{0} >> std::countl_zero(most);
    std::uint32_t value = next32() & mask;
    while (value > most)
        value = next32() & mask;
    return value;
}

void Mersenne::shuffle(std::span<std::uint32_t> order) {
    for (std::size_t at = order.size(); at-- > 1;)
        std::swap(order[at], order[below(static_cast<std::uint32_t>(at) + 1)]);
}

void Mersenne::save(std::string& text) const {
    text += std::to_string(at_);
    for (const std::uint32_t word : state_)
        text += ' ' + std::to_string(word);
    text += has_spare_ ? " 1 " : " 0 ";
    text += std::to_string(std::bit_cast<std::uint64_t>(spare_)) + '\n';
}

bool Mersenne::load(std::string_view& text) {
    const auto number = [&](auto& value) {
        while (!text.empty() && (text.front() == ' ' || text.front() == '\n'))
            text.remove_prefix(1);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{}) return false;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        return true;
    };
    bool good = number(at_) && at_ <= size;
    for (std::uint32_t& word : state_)
        good = good && number(word);
    int has_spare = 0;
    std::uint64_t spare = 0;
    good = good && number(has_spare) && number(spare);
    has_spare_ = has_spare != 0;
    spare_ = std::bit_cast<double>(spare);
    return good;
}

}  // namespace bradawl::nn
