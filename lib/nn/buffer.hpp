#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace bradawl::nn {

/// Rows and columns of numbers stand in memory with as many columns as this divides, the last of them zeros: one
/// vector of floats, or two of doubles, of the widest processors.
inline constexpr std::size_t lanes = 16;

/// `columns` made a multiple of `lanes`.
constexpr std::size_t padded(std::size_t columns) {
    return (columns + lanes - 1) / lanes * lanes;
}

/// Memory that begins at a cache line, as vectors want it.
template <class Number>
struct CacheLineAllocator {
    using value_type = Number;

    CacheLineAllocator() = default;
    template <class Other>
    CacheLineAllocator(const CacheLineAllocator<Other>&) noexcept {}

    Number* allocate(std::size_t count) {
        return static_cast<Number*>(::operator new (count * sizeof(Number), std::align_val_t{64}));
    }
    void deallocate(Number* memory, std::size_t) noexcept { ::operator delete (memory, std::align_val_t{64}); }
    bool operator==(const CacheLineAllocator&) const = default;
};

template <class Number>
using Buffer = std::vector<Number, CacheLineAllocator<Number>>;

}  // namespace bradawl::nn
