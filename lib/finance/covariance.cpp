#include <cmath>
#include <string>

#include "core/error.hpp"
#include "finance/estimators.hpp"
#include "finance/moments.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {

using math::Matrix;

Means column_means(const Matrix& returns) {
    const auto count = static_cast<double>(returns.rows);
    Means means(returns.columns);
    for (std::size_t row = 0; row < returns.rows; ++row) {
        const double* const values = returns.data.data() + row * returns.columns;
        for (std::size_t column = 0; column < returns.columns; ++column)
            means.near[column] += values[column];
    }
    for (double& mean : means.near)
        mean /= count;
    for (std::size_t row = 0; row < returns.rows; ++row) {
        const double* const values = returns.data.data() + row * returns.columns;
        for (std::size_t column = 0; column < returns.columns; ++column)
            means.rest[column] += values[column] - means.near[column];
    }
    for (double& rest : means.rest)
        rest /= count;
    return means;
}

Matrix centred_products(const Matrix& returns, const Means& means) {
    Matrix sum(returns.columns, returns.columns);
    each_centred_block(returns, means, [&](std::span<const double> rows) { math::add_gram(rows, sum); });
    math::mirror(sum);
    return sum;
}

void demand_rows(const Matrix& returns, int ddof) {
    if (returns.columns == 0) throw Error(Fault::data, "no asset to take a covariance of");
    const auto least = static_cast<std::size_t>(std::max(2, ddof + 1));
    if (returns.rows < least) {
        throw Error(Fault::data, std::to_string(returns.rows) + " returns: a covariance needs " +
                                     std::to_string(least) + " or more");
    }
}

Matrix covariance(const Matrix& returns, int ddof) {
    demand_rows(returns, ddof);
    Matrix result = centred_products(returns, column_means(returns));
    const double divisor = static_cast<double>(returns.rows) - ddof;
    for (double& value : result.data)
        value /= divisor;
    return result;
}

std::vector<double> deviations_of(const Matrix& covariance) {
    std::vector<double> deviations(covariance.rows);
    for (std::size_t asset = 0; asset < covariance.rows; ++asset) {
        deviations[asset] = std::sqrt(covariance(asset, asset));
    }
    return deviations;
}

Matrix correlation_of(const Matrix& covariance) {
    const std::vector<double> deviations = deviations_of(covariance);
    for (std::size_t asset = 0; asset < covariance.rows; ++asset) {
        if (deviations[asset] > 0) continue;
        throw Error(Fault::data,
                    "asset " + std::to_string(asset + 1) + " has no variance, so it correlates with nothing");
    }
    Matrix result(covariance.rows, covariance.columns);
    for (std::size_t row = 0; row < covariance.rows; ++row) {
        for (std::size_t column = 0; column < row; ++column) {
            result(row, column) = covariance(row, column) / (deviations[row] * deviations[column]);
        }
        result(row, row) = 1;
    }
    math::mirror(result);
    return result;
}

Matrix rescaled(const Matrix& correlation, const Matrix& covariance) {
    const std::vector<double> deviations = deviations_of(covariance);
    Matrix result(covariance.rows, covariance.columns);
    for (std::size_t row = 0; row < covariance.rows; ++row) {
        for (std::size_t column = 0; column < row; ++column) {
            result(row, column) = correlation(row, column) * (deviations[row] * deviations[column]);
        }
        result(row, row) = covariance(row, row);
    }
    math::mirror(result);
    return result;
}

}  // namespace bradawl::finance
