// Compiled for AVX2 and FMA (see lib/CMakeLists.txt) and chosen at run time.
#include "nn/kernel_tables.hpp"

#if defined(__AVX2__) && defined(__FMA__)

#include <immintrin.h>

#include "nn/kernel_body.hpp"

namespace bradawl::nn {
namespace {

struct FloatLanes {
    using Real = float;
    using Vector [[gnu::vector_size(32), gnu::may_alias]] = float;
    using Integers [[gnu::vector_size(32)]] = std::int32_t;
    static constexpr std::size_t tile_rows = 6;
    static constexpr std::size_t tile_vectors = 2;

    [[gnu::always_inline]] static Vector fma(Vector a, Vector b, Vector c) { return _mm256_fmadd_ps(a, b, c); }
    [[gnu::always_inline]] static Vector root(Vector a) { return _mm256_sqrt_ps(a); }
};

struct DoubleLanes {
    using Real = double;
    using Vector [[gnu::vector_size(32), gnu::may_alias]] = double;
    using Integers [[gnu::vector_size(32)]] = std::int64_t;
    static constexpr std::size_t tile_rows = 6;
    static constexpr std::size_t tile_vectors = 2;

    [[gnu::always_inline]] static Vector fma(Vector a, Vector b, Vector c) { return _mm256_fmadd_pd(a, b, c); }
    [[gnu::always_inline]] static Vector root(Vector a) { return _mm256_sqrt_pd(a); }
};

constexpr Kernels<float> floats = Body<FloatLanes>::table("avx2");
constexpr Kernels<double> doubles = Body<DoubleLanes>::table("avx2");

bool here() noexcept {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

}  // namespace

template <>
const Kernels<float>* avx2_kernels<float>() noexcept {
    return here() ? &floats : nullptr;
}

template <>
const Kernels<double>* avx2_kernels<double>() noexcept {
    return here() ? &doubles : nullptr;
}

}  // namespace bradawl::nn

#else

namespace bradawl::nn {

template <>
const Kernels<float>* avx2_kernels<float>() noexcept {
    return nullptr;
}

template <>
const Kernels<double>* avx2_kernels<double>() noexcept {
    return nullptr;
}

}  // namespace bradawl::nn

#endif
