#pragma once

#include <span>
#include <vector>

#include "math/matrix.hpp"

namespace bradawl::math {

// Every matrix here is square and symmetric, and both its triangles are filled.

/// What a symmetric matrix is made of: S = V diag(values) V'.
struct Eigenpairs {
    std::vector<double> values;  ///< ascending
    Matrix vectors;              ///< of unit length, one a column, in the order of the values
};

/// The eigenvalues of `symmetric` and their vectors. Errors: Fault::data when it holds what is not finite.
Eigenpairs eigenpairs(const Matrix& symmetric);

/// The eigenvalues alone, ascending, in a third of the time. Errors: as for eigenpairs.
std::vector<double> eigenvalues(const Matrix& symmetric);

/// V diag(values) V', exactly symmetric.
Matrix recompose(const Matrix& vectors, std::span<const double> values);

/// Cholesky's decomposition, far cheaper than eigenvalues.
class Cholesky {
public:
    explicit Cholesky(const Matrix& symmetric);

    /// False too for a matrix that is singular but for rounding.
    bool positive_definite() const noexcept { return positive_definite_; }

    /// The x of S x = `right`, for a positive definite S.
    std::vector<double> solve(std::span<const double> right) const;

private:
    Matrix upper_;                // L' of the matrix with a unit diagonal, by rows
    std::vector<double> scales_;  // what makes it one
    bool positive_definite_ = true;
};

/// Whether Cholesky's decomposition goes through.
bool is_positive_definite(const Matrix& symmetric);

/// The largest size of an eigenvalue below zero that rounding explains in a matrix of `size` whose largest is
/// `largest`.
double rounding_of_eigenvalues(std::size_t size, double largest);

/// Whether no eigenvalue is below zero, rounding apart: by Cholesky, and by eigenvalues where that does not go through.
bool is_positive_semidefinite(const Matrix& symmetric);

/// The x of `positive` x = `right`, by Cholesky's decomposition. Errors: Fault::data when the matrix is not positive
/// definite, or singular but for rounding.
std::vector<double> solve(const Matrix& positive, std::span<const double> right);

/// The x of least length among those nearest to solving `symmetric` x = `right`, whatever the matrix.
std::vector<double> solve_nearest(const Matrix& symmetric, std::span<const double> right);

/// `symmetric` times `vector`.
std::vector<double> product(const Matrix& symmetric, std::span<const double> vector);

/// The sum of the products of the elements of two vectors of one length.
double dot(std::span<const double> left, std::span<const double> right);

/// Copies the lower triangle to the upper one.
void mirror(Matrix& lower);

}  // namespace bradawl::math
