#pragma once

#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "math/matrix.hpp"

/// The simple returns of good-eustock.csv: DAX, SMI, CAC, FTSE.
const bradawl::math::Matrix& eustock_returns();

/// A quarter each.
inline const std::vector<double> quarters(4, 0.25);

/// Returns of `assets` that share a factor, from a seed.
bradawl::math::Matrix random_returns(std::size_t rows, std::size_t assets, std::uint64_t seed);

/// The columns in the order of `order`.
bradawl::math::Matrix reordered_columns(const bradawl::math::Matrix& matrix, std::span<const std::size_t> order);

bradawl::math::Matrix matrix_of(std::size_t rows, std::vector<double> data);

/// Holds numbers against wanted ones, each with a relative tolerance.
void expect_close(double value, double wanted, double relative = 1e-12);
void expect_close(std::span<const double> values, std::span<const double> wanted, double relative = 1e-12);
void expect_near(std::span<const double> values, std::span<const double> wanted, double absolute);
