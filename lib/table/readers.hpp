#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "table/row_reader.hpp"

namespace bradawl::table {

// The kinds of readers. `first`: the first line that is not blank, whose number is `number`.

std::unique_ptr<RowReader> make_csv_rows(io::LineReader& lines, const std::string& first, std::uint64_t number,
                                         const std::string& input, char separator, const RowsOptions& options);

std::unique_ptr<RowReader> make_json_rows(io::LineReader& lines, const std::string& first, std::uint64_t number,
                                          const std::string& input, const RowsOptions& options);

}  // namespace bradawl::table
