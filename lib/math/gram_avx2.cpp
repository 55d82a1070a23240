// Compiled for AVX2 and FMA, with Eigen under another name (see lib/CMakeLists.txt): what it leaves behind for the
// linker must not stand in for what other files need. For the same reason no container of the standard library is here.
#include "math/gram_products.hpp"

#if defined(__AVX2__) && defined(__FMA__)

#include <Eigen/Core>

namespace bradawl::math {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const RowMajor>;

Eigen::Index index(std::size_t size) {
    return static_cast<Eigen::Index>(size);
}

void gram(const double* x, std::size_t rows, std::size_t columns, double* sum) {
    const View view(x, index(rows), index(columns));
    Eigen::Map<RowMajor>(sum, index(columns), index(columns))
        .selfadjointView<Eigen::Lower>()
        .rankUpdate(view.transpose());
}

void cross(const double* x, const double* y, std::size_t rows, std::size_t columns, double* sum) {
    const View left(x, index(rows), index(columns));
    const View right(y, index(rows), index(columns));
    Eigen::Map<RowMajor>(sum, index(columns), index(columns)).noalias() += left.transpose() * right;
}

constexpr GramProducts products{gram, cross};

}  // namespace

const GramProducts* avx2_gram_products() noexcept {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &products : nullptr;
}

}  // namespace bradawl::math

#else

namespace bradawl::math {

const GramProducts* avx2_gram_products() noexcept {
    return nullptr;
}

}  // namespace bradawl::math

#endif
