#include "finance/pairwise.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "math/gram.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {
namespace {

using math::Matrix;

/// The means of what each column holds, of two passes, and how many rows lack it.
struct Columns {
    explicit Columns(const Matrix& returns) : means(returns.columns), gaps(returns.columns) {
        add_means(returns);
        add_means(returns);
    }

    std::vector<double> means;
    std::vector<double> gaps;

private:
    void add_means(const Matrix& returns) {
        std::vector<double> sums(returns.columns);
        std::fill(gaps.begin(), gaps.end(), 0);
        for (std::size_t row = 0; row < returns.rows; ++row) {
            const double* const values = returns.data.data() + row * returns.columns;
            for (std::size_t column = 0; column < returns.columns; ++column) {
                const bool gap = std::isnan(values[column]);
                sums[column] += gap ? 0 : values[column] - means[column];
                gaps[column] += gap ? 1 : 0;
            }
        }
        for (std::size_t column = 0; column < returns.columns; ++column) {
            const double held = static_cast<double>(returns.rows) - gaps[column];
            if (held > 0) means[column] += sums[column] / held;
        }
    }
};

// Gaps are few in most tables, so what is summed is what they take away: with B = 1 where a value stands and G = 1 - B,
// X'B = X'1 - X'G and B'B = T - g_i - g_j + G'G. Where a block has many, G is a matrix and the sums are products;
// where it has few, each gap takes its row away.
class PairSums {
public:
    explicit PairSums(const Matrix& returns)
        : returns_(returns),
          columns_(returns),
          block_(math::gram_rows * returns.columns),
          totals_(returns.columns),
          products_(returns.columns, returns.columns),
          missed_(returns.columns, returns.columns),
          both_missing_(returns.columns, returns.columns) {
        for (std::size_t first = 0; first < returns.rows; first += math::gram_rows) {
            add_block(first, std::min(math::gram_rows, returns.rows - first));
        }
    }

    /// Rows that have both.
    double count(std::size_t i, std::size_t j) const {
        return static_cast<double>(returns_.rows) - columns_.gaps[i] - columns_.gaps[j] +
               both_missing_(std::max(i, j), std::min(i, j));
    }

    /// The product of the centred i and j, less what their means in common rows take away.
    double product(std::size_t i, std::size_t j) const {
        const double of_i = totals_[i] - missed_(j, i);  // over the rows that have j
        const double of_j = totals_[j] - missed_(i, j);
        return products_(std::max(i, j), std::min(i, j)) - of_i * of_j / count(i, j);
    }

private:
    struct Gap {
        std::size_t row;
        std::size_t column;
    };

    void add_block(std::size_t first, std::size_t rows) {
        const std::size_t columns = returns_.columns;
        const double* const from = returns_.data.data() + first * columns;
        gaps_.clear();
        for (std::size_t row = 0; row < rows; ++row) {
            const double* const values = from + row * columns;
            double* const to = block_.data() + row * columns;
            for (std::size_t column = 0; column < columns; ++column) {
                to[column] = values[column] - columns_.means[column];
                if (std::isnan(to[column])) {
                    to[column] = 0;
                    gaps_.push_back({row, column});
                }
                totals_[column] += to[column];
            }
        }
        const std::span<const double> block(block_.data(), rows * columns);
        math::add_gram(block, products_);
        if (gaps_.size() > block.size() / 16) {
            take_away_products(block);
        } else {
            take_away_rows();
        }
    }

    void take_away_products(std::span<const double> block) {
        std::vector<double> missing(block.size());
        for (const Gap& gap : gaps_)
            missing[gap.row * returns_.columns + gap.column] = 1;
        math::add_cross(missing, block, missed_);
        math::add_gram(missing, both_missing_);
    }

    void take_away_rows() {
        const std::size_t columns = returns_.columns;
        for (std::size_t at = 0; at < gaps_.size(); ++at) {
            const double* const values = block_.data() + gaps_[at].row * columns;
            double* const sums = missed_.data.data() + gaps_[at].column * columns;
            for (std::size_t column = 0; column < columns; ++column)
                sums[column] += values[column];
            for (std::size_t other = at + 1; other-- > 0 && gaps_[other].row == gaps_[at].row;) {
                both_missing_(gaps_[at].column, gaps_[other].column) += 1;  // itself too: lower triangle
            }
        }
    }

    const Matrix& returns_;
    Columns columns_;
    std::vector<double> block_;   // centred, 0 in gaps
    std::vector<double> totals_;  // X'1
    std::vector<Gap> gaps_;       // of the block
    Matrix products_;             // X'X, lower triangle
    Matrix missed_;               // G'X
    Matrix both_missing_;         // G'G, lower triangle
};

void demand_count(double count, int ddof, std::size_t i, std::size_t j) {
    const int least = std::max(2, ddof + 1);
    if (count >= least) return;
    const std::string rows = std::to_string(static_cast<long>(count));
    const std::string which = i == j ? "asset " + std::to_string(i + 1) + " has " + rows + " returns"
                                     : "assets " + std::to_string(j + 1) + " and " + std::to_string(i + 1) + " have " +
                                           rows + " returns in common";
    throw Error(Fault::data, which + ": a covariance needs " + std::to_string(least) + " or more");
}

}  // namespace

PairwiseCovariance pairwise_covariance(const Matrix& returns, int ddof) {
    if (returns.columns == 0) throw Error(Fault::data, "no asset to take a covariance of");
    const PairSums sums(returns);
    PairwiseCovariance result{Matrix(returns.columns, returns.columns), Matrix(returns.columns, returns.columns)};
    for (std::size_t i = 0; i < returns.columns; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            const double count = sums.count(i, j);
            demand_count(count, ddof, i, j);
            const double value = sums.product(i, j) / (count - ddof);
            result.covariance(i, j) = i == j ? std::max(value, 0.0) : value;
            result.counts(i, j) = count;
        }
    }
    math::mirror(result.covariance);
    math::mirror(result.counts);
    return result;
}

}  // namespace bradawl::finance
