#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "table/table.hpp"

namespace bradawl::table {

enum class Scale { standard, minmax, none };

/// What stands for a number that is missing, or for a row that has one.
enum class Missing { error, mean, median, indicator, drop };

/// What a category that training has not seen is.
enum class Unknown { error, zeros, other };

/// One column, and how it becomes numbers for a network: (value - shift) / scale for numbers, behind it 1 or 0 with
/// `indicator`; a 1 among zeros for categories.
struct Feature {
    std::string name;
    bool categorical = false;
    std::vector<std::string> values;   ///< categories, sorted by bytes
    Unknown unknown = Unknown::error;  ///< `other`: a place of its own behind the values
    double shift = 0;
    double scale = 1;
    Missing missing = Missing::error;
    double substitute = 0;  ///< for a missing number

    std::size_t width() const;
};

/// How to make features of columns.
struct FeatureOptions {
    Scale scale = Scale::standard;
    Missing missing = Missing::error;
    std::vector<std::string> missing_in;  ///< the columns that this is for; none: all
    Unknown unknown = Unknown::error;
};

/// What is odd about a column, for people.
struct Finding {
    std::string text;
};

/// Learns from these rows of the table how its columns become numbers. Columns that never change get scale 1, and a
/// finding.
std::vector<Feature> fit_features(const Table& table, std::span<const std::uint32_t> rows,
                                  const FeatureOptions& options, std::vector<Finding>& findings);

/// How many numbers a row becomes.
std::size_t total_width(std::span<const Feature> features);

/// A cell as the numbers of its feature: writes feature.width() of them. Errors: Fault::data, without a place, for a
/// missing value or an unknown category that is not allowed.
template <class Real>
void put_number(const Feature& feature, double value, Real* out);
template <class Real>
void put_category(const Feature& feature, const std::string& value, Real* out);

}  // namespace bradawl::table
