#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "table/row_reader.hpp"

namespace bradawl::table {

/// A column in memory: numbers, or numbers of categories.
struct Column {
    std::string name;
    bool categorical = false;
    std::vector<double> numbers;            ///< NaN where missing
    std::vector<std::uint32_t> categories;  ///< places in `values`
    std::vector<std::string> values;        ///< in the order met; an empty one stands for missing
};

/// Rows in memory, column by column.
struct Table {
    std::vector<Column> columns;
    std::vector<std::uint64_t> lines;   ///< of each row in the input
    std::vector<std::uint64_t> hashes;  ///< of each row's bytes

    std::size_t rows() const { return lines.size(); }
};

/// Reads all rows. `chosen`: columns of the reader, in the order wanted; `categorical`: which of these hold words.
/// Errors: as for RowReader::next().
Table read_table(RowReader& rows, const std::vector<std::size_t>& chosen, const std::vector<bool>& categorical);

/// A hash of bytes that is the same everywhere (FNV-1a, 64 bits, its bits then mixed).
std::uint64_t hash_of(std::string_view bytes);

}  // namespace bradawl::table
