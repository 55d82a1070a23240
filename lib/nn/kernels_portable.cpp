// The kernels for every machine: narrow vectors, and a fused multiply-add that the C library may have to work out.
#include "nn/kernel_body.hpp"
#include "nn/kernel_tables.hpp"

namespace bradawl::nn {
namespace {

template <class Number, class Whole>
struct PortableLanes {
    using Real = Number;
    using Vector [[gnu::vector_size(16), gnu::may_alias]] = Number;
    using Integers [[gnu::vector_size(16)]] = Whole;
    static constexpr std::size_t tile_rows = 2;
    static constexpr std::size_t tile_vectors = 2;

    [[gnu::always_inline]] static Vector fma(Vector a, Vector b, Vector c) {
        for (std::size_t at = 0; at < sizeof(Vector) / sizeof(Real); ++at) {
            if constexpr (sizeof(Real) == sizeof(float)) {
                c[at] = __builtin_fmaf(a[at], b[at], c[at]);
            } else {
                c[at] = __builtin_fma(a[at], b[at], c[at]);
            }
        }
        return c;
    }

    [[gnu::always_inline]] static Vector root(Vector a) {
        for (std::size_t at = 0; at < sizeof(Vector) / sizeof(Real); ++at) {
            if constexpr (sizeof(Real) == sizeof(float)) {
                a[at] = __builtin_sqrtf(a[at]);
            } else {
                a[at] = __builtin_sqrt(a[at]);
            }
        }
        return a;
    }
};

constexpr Kernels<float> floats = Body<PortableLanes<float, std::int32_t>>::table("portable");
constexpr Kernels<double> doubles = Body<PortableLanes<double, std::int64_t>>::table("portable");

}  // namespace

template <>
const Kernels<float>* portable_kernels<float>() noexcept {
    return &floats;
}

template <>
const Kernels<double>* portable_kernels<double>() noexcept {
    return &doubles;
}

}  // namespace bradawl::nn
