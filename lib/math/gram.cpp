#include "math/gram.hpp"

#include <Eigen/Core>

#include "math/gram_products.hpp"

namespace bradawl::math {
namespace {

constexpr std::size_t many_columns = 32;

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const RowMajor>;

Eigen::Index index(std::size_t size) {
    return static_cast<Eigen::Index>(size);
}

void portable_gram(const double* x, std::size_t rows, std::size_t columns, double* sum) {
    const View view(x, index(rows), index(columns));
    Eigen::Map<RowMajor>(sum, index(columns), index(columns))
        .selfadjointView<Eigen::Lower>()
        .rankUpdate(view.transpose());
}

void portable_cross(const double* x, const double* y, std::size_t rows, std::size_t columns, double* sum) {
    const View left(x, index(rows), index(columns));
    const View right(y, index(rows), index(columns));
    Eigen::Map<RowMajor>(sum, index(columns), index(columns)).noalias() += left.transpose() * right;
}

constexpr GramProducts portable{portable_gram, portable_cross};

const GramProducts& products(std::size_t columns) {
    static const GramProducts* const fastest = avx2_gram_products();
    return fastest != nullptr && columns >= many_columns ? *fastest : portable;
}

}  // namespace

void add_gram(std::span<const double> rows, Matrix& sum) {
    if (sum.columns == 0) return;
    products(sum.columns).add_gram(rows.data(), rows.size() / sum.columns, sum.columns, sum.data.data());
}

void add_cross(std::span<const double> x_rows, std::span<const double> y_rows, Matrix& sum) {
    if (sum.columns == 0) return;
    products(sum.columns)
        .add_cross(x_rows.data(), y_rows.data(), x_rows.size() / sum.columns, sum.columns, sum.data.data());
}

}  // namespace bradawl::math
