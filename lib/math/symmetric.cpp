#include "math/symmetric.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"

namespace bradawl::math {
namespace {

using Dense = Eigen::MatrixXd;
using View = Eigen::Map<const Dense>;  // a symmetric matrix reads the same by columns
using VectorView = Eigen::Map<const Eigen::VectorXd>;
using Solver = Eigen::SelfAdjointEigenSolver<Dense>;

constexpr double epsilon = std::numeric_limits<double>::epsilon();

Eigen::Index index(std::size_t size) {
    return static_cast<Eigen::Index>(size);
}

View view(const Matrix& matrix) {
    return {matrix.data.data(), index(matrix.rows), index(matrix.columns)};
}

VectorView view(std::span<const double> vector) {
    return {vector.data(), index(vector.size())};
}

std::vector<double> vector_of(const Eigen::Ref<const Eigen::VectorXd>& vector) {
    return {vector.data(), vector.data() + vector.size()};
}

Solver decompose(const Matrix& symmetric, int what) {
    if (!view(symmetric).allFinite()) {
        throw Error(Fault::data, "a covariance or correlation holds what is not a finite number");
    }
    Solver solver(view(symmetric), what);
    if (solver.info() != Eigen::Success) throw Error(Fault::data, "the eigenvalues cannot be found");
    return solver;
}

}  // namespace

Eigenpairs eigenpairs(const Matrix& symmetric) {
    if (symmetric.rows == 0) return {};
    const Solver solver = decompose(symmetric, Eigen::ComputeEigenvectors);
    Eigenpairs pairs{vector_of(solver.eigenvalues()), Matrix(symmetric.rows, symmetric.columns)};
    Eigen::Map<Dense>(pairs.vectors.data.data(), index(symmetric.rows), index(symmetric.rows)) =
        solver.eigenvectors().transpose();
    return pairs;
}

std::vector<double> eigenvalues(const Matrix& symmetric) {
    if (symmetric.rows == 0) return {};
    return vector_of(decompose(symmetric, Eigen::EigenvaluesOnly).eigenvalues());
}

Matrix recompose(const Matrix& vectors, std::span<const double> values) {
    Matrix result(vectors.rows, vectors.rows);
    const View transposed = view(vectors);  // by columns it is V'
    const Dense scaled = view(values).asDiagonal() * transposed;
    Eigen::Map<Dense>(result.data.data(), index(result.rows), index(result.rows)).noalias() =
        transposed.transpose() * scaled;
    mirror(result);
    return result;
}

Cholesky::Cholesky(const Matrix& symmetric) : upper_(symmetric), scales_(symmetric.rows) {
    for (std::size_t at = 0; at < symmetric.rows; ++at) {
        const double diagonal = symmetric(at, at);
        positive_definite_ = positive_definite_ && diagonal > 0 && std::isfinite(diagonal);
        scales_[at] = 1 / std::sqrt(diagonal);
    }
    if (!positive_definite_ || symmetric.rows == 0) return;
    // With a diagonal of ones, so that its condition tells how near to singular it is in any units.
    Eigen::Map<Dense> lower(upper_.data.data(), index(symmetric.rows), index(symmetric.rows));
    const VectorView scales = view(scales_);
    lower = scales.asDiagonal() * lower * scales.asDiagonal();
    const Eigen::LLT<Eigen::Ref<Dense>> decomposition(lower);
    positive_definite_ = decomposition.info() == Eigen::Success &&
                         decomposition.rcond() > 8 * epsilon * static_cast<double>(symmetric.rows);
}

std::vector<double> Cholesky::solve(std::span<const double> right) const {
    std::vector<double> result(right.size());
    const View lower = view(upper_);
    Eigen::Map<Eigen::VectorXd> x(result.data(), index(result.size()));
    x = view(right).cwiseProduct(view(scales_));
    lower.triangularView<Eigen::Lower>().solveInPlace(x);
    lower.triangularView<Eigen::Lower>().transpose().solveInPlace(x);
    x = x.cwiseProduct(view(scales_));
    return result;
}

bool is_positive_definite(const Matrix& symmetric) {
    return Cholesky(symmetric).positive_definite();
}

double rounding_of_eigenvalues(std::size_t size, double largest) {
    return 8 * epsilon * static_cast<double>(size) * std::abs(largest);
}

bool is_positive_semidefinite(const Matrix& symmetric) {
    if (is_positive_definite(symmetric)) return true;
    const std::vector<double> values = eigenvalues(symmetric);
    return values.front() >= -rounding_of_eigenvalues(values.size(), values.back());
}

std::vector<double> solve(const Matrix& positive, std::span<const double> right) {
    const Cholesky decomposition(positive);
    if (!decomposition.positive_definite()) {
        throw Error(Fault::data, "the covariance is singular or not positive definite");
    }
    return decomposition.solve(right);
}

std::vector<double> solve_nearest(const Matrix& symmetric, std::span<const double> right) {
    return vector_of(Eigen::CompleteOrthogonalDecomposition<Dense>(view(symmetric)).solve(view(right)));
}

std::vector<double> product(const Matrix& symmetric, std::span<const double> vector) {
    std::vector<double> result(symmetric.rows);
    for (std::size_t row = 0; row < symmetric.rows; ++row)
        result[row] = dot(symmetric.row(row), vector);
    return result;
}

double dot(std::span<const double> left, std::span<const double> right) {
    return view(left).dot(view(right));
}

void mirror(Matrix& lower) {
    constexpr std::size_t tile = 32;
    for (std::size_t top = 0; top < lower.rows; top += tile) {
        for (std::size_t left = 0; left <= top; left += tile) {
            for (std::size_t row = top; row < std::min(top + tile, lower.rows); ++row) {
                for (std::size_t column = left; column < std::min(left + tile, row); ++column) {
                    lower(column, row) = lower(row, column);
                }
            }
        }
    }
}

}  // namespace bradawl::math
