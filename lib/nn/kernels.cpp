#include "nn/kernels.hpp"

#include <vector>

#include "nn/kernel_tables.hpp"

namespace bradawl::nn {

template <class Real>
std::span<const Kernels<Real>* const> kernels() {
    static const std::vector<const Kernels<Real>*> usable = [] {
        std::vector<const Kernels<Real>*> all;
        for (const auto* one : {avx512_kernels<Real>(), avx2_kernels<Real>(), portable_kernels<Real>()})
            if (one != nullptr) all.push_back(one);
        return all;
    }();
    return usable;
}

template std::span<const Kernels<float>* const> kernels<float>();
template std::span<const Kernels<double>* const> kernels<double>();

}  // namespace bradawl::nn
