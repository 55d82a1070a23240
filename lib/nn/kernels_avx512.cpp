// Compiled for AVX-512 (see lib/CMakeLists.txt) and chosen at run time.
#include "nn/kernel_tables.hpp"

#if defined(__AVX512F__) && defined(__AVX512DQ__)

#include <immintrin.h>

#include "nn/kernel_body.hpp"

namespace bradawl::nn {
namespace {

struct FloatLanes {
    using Real = float;
    using Vector [[gnu::vector_size(64), gnu::may_alias]] = float;
    using Integers [[gnu::vector_size(64)]] = std::int32_t;
    static constexpr std::size_t tile_rows = 8;
    static constexpr std::size_t tile_vectors = 2;

    [[gnu::always_inline]] static Vector fma(Vector a, Vector b, Vector c) { return _mm512_fmadd_ps(a, b, c); }
    [[gnu::always_inline]] static Vector root(Vector a) { return _mm512_sqrt_ps(a); }
};

struct DoubleLanes {
    using Real = double;
    using Vector [[gnu::vector_size(64), gnu::may_alias]] = double;
    using Integers [[gnu::vector_size(64)]] = std::int64_t;
    static constexpr std::size_t tile_rows = 8;
    static constexpr std::size_t tile_vectors = 2;

    [[gnu::always_inline]] static Vector fma(Vector a, Vector b, Vector c) { return _mm512_fmadd_pd(a, b, c); }
    [[gnu::always_inline]] static Vector root(Vector a) { return _mm512_sqrt_pd(a); }
};

constexpr Kernels<float> floats = Body<FloatLanes>::table("avx512");
constexpr Kernels<double> doubles = Body<DoubleLanes>::table("avx512");

bool here() noexcept {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
}

}  // namespace

template <>
const Kernels<float>* avx512_kernels<float>() noexcept {
    return here() ? &floats : nullptr;
}

template <>
const Kernels<double>* avx512_kernels<double>() noexcept {
    return here() ? &doubles : nullptr;
}

}  // namespace bradawl::nn

#else

namespace bradawl::nn {

template <>
const Kernels<float>* avx512_kernels<float>() noexcept {
    return nullptr;
}

template <>
const Kernels<double>* avx512_kernels<double>() noexcept {
    return nullptr;
}

}  // namespace bradawl::nn

#endif
