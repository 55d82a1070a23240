#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace bradawl::math {

/// A dense matrix of doubles, row by row.
struct Matrix {
    Matrix() = default;
    Matrix(std::size_t row_count, std::size_t column_count)
        : rows(row_count), columns(column_count), data(row_count * column_count) {}

    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<double> data;

    double& operator()(std::size_t row, std::size_t column) { return data[row * columns + column]; }
    double operator()(std::size_t row, std::size_t column) const { return data[row * columns + column]; }
    std::span<const double> row(std::size_t index) const { return {data.data() + index * columns, columns}; }
};

}  // namespace bradawl::math
