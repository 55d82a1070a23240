#pragma once

#include <cstddef>

namespace bradawl::math {

/// The products of add_gram and add_cross for one kind of processor: row-major X and Y of `rows` by `columns`, a
/// row-major sum of `columns` by `columns`.
struct GramProducts {
    void (*add_gram)(const double* x, std::size_t rows, std::size_t columns, double* sum);
    void (*add_cross)(const double* x, const double* y, std::size_t rows, std::size_t columns, double* sum);
};

/// What the processor at hand has; null where it, or the compiled code, has no AVX2 and FMA.
const GramProducts* avx2_gram_products() noexcept;

}  // namespace bradawl::math
