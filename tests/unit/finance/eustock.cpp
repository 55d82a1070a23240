#include "eustock.hpp"

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include "core/random.hpp"

using bradawl::math::Matrix;

namespace {

Matrix read_returns() {
    std::ifstream file(EUSTOCK_CSV);
    std::string line;
    std::getline(file, line);
    std::vector<double> prices;
    while (std::getline(file, line)) {
        std::istringstream cells(line.substr(line.find(',') + 1));
        for (std::string cell; std::getline(cells, cell, ',');)
            prices.push_back(std::stod(cell));
    }
    Matrix returns(prices.size() / 4 - 1, 4);
    for (std::size_t at = 0; at < returns.data.size(); ++at)
        returns.data[at] = prices[at + 4] / prices[at] - 1;
    return returns;
}

}  // namespace

const Matrix& eustock_returns() {
    static const Matrix returns = read_returns();
    return returns;
}

Matrix random_returns(std::size_t rows, std::size_t assets, std::uint64_t seed) {
    bradawl::Random random(seed);
    Matrix returns(rows, assets);
    for (std::size_t row = 0; row < rows; ++row) {
        const double market = random.unit() - 0.5;
        for (std::size_t asset = 0; asset < assets; ++asset) {
            const auto size = static_cast<double>(1 + asset % 5);
            returns(row, asset) = 0.01 * size * (market + random.unit() - 0.5);
        }
    }
    return returns;
}

Matrix reordered_columns(const Matrix& matrix, std::span<const std::size_t> order) {
    Matrix result(matrix.rows, matrix.columns);
    for (std::size_t row = 0; row < matrix.rows; ++row) {
        for (std::size_t column = 0; column < matrix.columns; ++column) {
            result(row, column) = matrix(row, order[column]);
        }
    }
    return result;
}

Matrix matrix_of(std::size_t rows, std::vector<double> data) {
    Matrix result(rows, data.size() / rows);
    result.data = std::move(data);
    return result;
}

void expect_close(double value, double wanted, double relative) {
    EXPECT_NEAR(value, wanted, std::abs(wanted) * relative);
}

void expect_close(std::span<const double> values, std::span<const double> wanted, double relative) {
    ASSERT_EQ(values.size(), wanted.size());
    for (std::size_t at = 0; at < values.size(); ++at) {
        EXPECT_NEAR(values[at], wanted[at], std::abs(wanted[at]) * relative) << "element " << at;
    }
}

void expect_near(std::span<const double> values, std::span<const double> wanted, double absolute) {
    ASSERT_EQ(values.size(), wanted.size());
    for (std::size_t at = 0; at < values.size(); ++at) {
        EXPECT_NEAR(values[at], wanted[at], absolute) << "element " << at;
    }
}
