#pragma once

#include "nn/kernels.hpp"

namespace bradawl::nn {

// The kernels by kind of processor, for float and double; null where it, or the compiled code, is of another kind.
template <class Real>
const Kernels<Real>* portable_kernels() noexcept;
template <class Real>
const Kernels<Real>* avx2_kernels() noexcept;
template <class Real>
const Kernels<Real>* avx512_kernels() noexcept;

template <>
const Kernels<float>* portable_kernels<float>() noexcept;
template <>
const Kernels<double>* portable_kernels<double>() noexcept;
template <>
const Kernels<float>* avx2_kernels<float>() noexcept;
template <>
const Kernels<double>* avx2_kernels<double>() noexcept;
template <>
const Kernels<float>* avx512_kernels<float>() noexcept;
template <>
const Kernels<double>* avx512_kernels<double>() noexcept;

}  // namespace bradawl::nn
