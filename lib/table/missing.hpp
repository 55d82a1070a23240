#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "csv/fields.hpp"
#include "table/row_reader.hpp"

namespace bradawl::table {

/// What stands for a missing value in each column: the usual words in all, and those of the options in the columns that
/// they are for. A word that is a number stands for its value, however that is spelled.
class MissingWords {
public:
    explicit MissingWords(const RowsOptions& options);

    /// Says what the columns are. To be called before the others.
    void choose(const std::vector<std::string>& names, const std::vector<Role>& roles);

    /// How cells of a column are read.
    const csv::Dialect& of(std::size_t column) const { return meant_[column] ? more_ : usual_; }

    bool is_missing(std::size_t column, std::string_view text) const;

    /// Numbers that stand for nothing become NaN.
    void mark(std::vector<double>& numbers) const {
        for (const auto& [column, value] : numbers_)
            if (numbers[column] == value) numbers[column] = nothing;
    }

private:
    static const double nothing;

    csv::Dialect usual_;
    csv::Dialect more_;
    std::vector<std::string> missing_in_;
    std::vector<double> values_;
    std::vector<bool> meant_;
    std::vector<std::pair<std::size_t, double>> numbers_;  // columns, and a value that stands for nothing there
};

}  // namespace bradawl::table
