#include "math/symmetric.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "math/gram.hpp"

namespace {

using namespace bradawl::math;

Matrix random_matrix(std::size_t rows, std::size_t columns, std::uint64_t seed) {
    bradawl::Random random(seed);
    Matrix matrix(rows, columns);
    for (double& value : matrix.data)
        value = random.unit() - 0.5;
    return matrix;
}

Matrix gram_of(const Matrix& x) {
    Matrix sum(x.columns, x.columns);
    add_gram(x.data, sum);
    mirror(sum);
    return sum;
}

void expect_near(const Matrix& left, const Matrix& right, double tolerance) {
    ASSERT_EQ(left.data.size(), right.data.size());
    for (std::size_t at = 0; at < left.data.size(); ++at)
        EXPECT_NEAR(left.data[at], right.data[at], tolerance) << at;
}

// Few columns and many take different ways.
TEST(Gram, IsTheSumOfProducts) {
    for (const std::size_t columns : {1U, 3U, 31U, 32U, 70U}) {
        const Matrix x = random_matrix(50, columns, columns);
        const Matrix y = random_matrix(50, columns, columns + 1);
        Matrix cross(columns, columns);
        add_cross(x.data, y.data, cross);
        const Matrix gram = gram_of(x);
        for (std::size_t i = 0; i < columns; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                double own = 0;
                double both = 0;
                for (std::size_t row = 0; row < x.rows; ++row) {
                    own += x(row, i) * x(row, j);
                    both += x(row, i) * y(row, j);
                }
                EXPECT_NEAR(gram(i, j), own, 1e-13);
                EXPECT_NEAR(cross(i, j), both, 1e-13);
            }
        }
    }
}

TEST(Gram, AddsToWhatIsThere) {
    const Matrix x = random_matrix(90, 40, 3);
    Matrix sum(40, 40);
    add_gram({x.data.data(), 40 * 40}, sum);
    add_gram({x.data.data() + 40 * 40, 50 * 40}, sum);
    mirror(sum);
    expect_near(sum, gram_of(x), 1e-13);
}

TEST(Symmetric, EigenpairsAscendAndRecompose) {
    const Matrix s = gram_of(random_matrix(30, 12, 1));
    const Eigenpairs pairs = eigenpairs(s);
    EXPECT_TRUE(std::is_sorted(pairs.values.begin(), pairs.values.end()));
    expect_near(recompose(pairs.vectors, pairs.values), s, 1e-13);
    const std::vector<double> alone = eigenvalues(s);
    for (std::size_t at = 0; at < alone.size(); ++at)
        EXPECT_NEAR(alone[at], pairs.values[at], 1e-13);
    for (std::size_t column = 0; column < 12; ++column) {  // S v = λ v
        std::vector<double> vector;
        for (std::size_t row = 0; row < 12; ++row)
            vector.push_back(pairs.vectors(row, column));
        EXPECT_NEAR(dot(vector, vector), 1, 1e-14);
        const std::vector<double> image = product(s, vector);
        for (std::size_t row = 0; row < 12; ++row)
            EXPECT_NEAR(image[row], pairs.values[column] * vector[row], 1e-13);
    }
}

TEST(Symmetric, WhatIsNotFiniteIsRefused) {
    Matrix s(2, 2);
    s(0, 0) = std::nan("");
    EXPECT_THROW(eigenpairs(s), bradawl::Error);
    EXPECT_THROW(eigenvalues(s), bradawl::Error);
    EXPECT_FALSE(is_positive_definite(s));
}

TEST(Symmetric, Solve) {
    const Matrix s = gram_of(random_matrix(30, 12, 2));
    const std::vector<double> right = product(s, std::vector<double>(12, 2.0));
    for (const double value : solve(s, right))
        EXPECT_NEAR(value, 2, 1e-12);
    for (const double value : solve_nearest(s, right))
        EXPECT_NEAR(value, 2, 1e-12);
}

TEST(Symmetric, SingularIsSemidefiniteButNotDefinite) {
    const Matrix s = gram_of(random_matrix(5, 12, 2));
    EXPECT_FALSE(is_positive_definite(s));
    EXPECT_TRUE(is_positive_semidefinite(s));
    EXPECT_THROW(solve(s, std::vector<double>(12, 1.0)), bradawl::Error);
    const std::vector<double> right = product(s, std::vector<double>(12, 1.0));
    const std::vector<double> again = product(s, solve_nearest(s, right));
    for (std::size_t at = 0; at < 12; ++at)
        EXPECT_NEAR(again[at], right[at], 1e-13);
}

// Whichever way rounding goes.
TEST(Symmetric, RoundingMakesNothingDefinite) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        EXPECT_FALSE(is_positive_definite(gram_of(random_matrix(3, 4, seed)))) << seed;
    }
}

TEST(Symmetric, IndefiniteIsNeither) {
    Matrix s(2, 2);
    s.data = {1, 1.001, 1.001, 1};
    EXPECT_FALSE(is_positive_definite(s));
    EXPECT_FALSE(is_positive_semidefinite(s));
    s.data = {1, 0.999, 0.999, 1};
    EXPECT_TRUE(is_positive_definite(s));
    EXPECT_TRUE(is_positive_semidefinite(s));
}

}  // namespace
