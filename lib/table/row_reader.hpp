#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "csv/fields.hpp"
#include "io/lines.hpp"
#include "table/options.hpp"

namespace bradawl::table {

/// What a reader is to make of a column.
enum class Role : unsigned char { passed_over, number, text };

/// One row; valid until the next.
struct Row {
    std::span<const double> numbers;     ///< by column: of number columns, NaN where missing
    std::span<const std::string> texts;  ///< by column: of text columns, empty where missing
    std::uint64_t line;
    std::string_view source;  ///< the line itself
};

/// Rows with named columns, in CSV, TSV or NDJSON.
class RowReader {
public:
    virtual ~RowReader() = default;

    /// Of the columns: those of the header, or the keys of the first object.
    const std::vector<std::string>& names() const { return names_; }

    /// Of the input, for messages.
    const std::string& input() const { return input_; }

    /// Says what the columns are, before the first row.
    virtual void choose(std::vector<Role> roles) = 0;

    /// The next row; false at the end. Errors: Fault::data, `INPUT:LINE:COLUMN: why`, for a row that is no such row;
    /// the one behind it can be read all the same.
    virtual bool next(Row& row) = 0;

    /// Whether next() would have to wait.
    virtual bool idle() = 0;

    /// The separator of fields; 0 for NDJSON.
    virtual char separator() const = 0;

protected:
    std::vector<std::string> names_;
    std::string input_;
};

/// Looks at the first line and makes the reader for it. Errors: Fault::data for an input that is empty or whose header
/// holds nothing but numbers, or a name twice.
std::unique_ptr<RowReader> open_rows(io::LineReader& lines, const std::string& input, const RowsOptions& options);

/// The column called `wanted`, or the number `wanted` from 1; all columns' size when there is none.
std::size_t find_column(const std::vector<std::string>& names, const std::string& wanted);

/// The same. Errors: Fault::usage that names `option` and the nearest column.
std::size_t demand_column(const std::vector<std::string>& names, const std::string& wanted, std::string_view option);

}  // namespace bradawl::table
