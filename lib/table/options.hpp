#pragma once

#include <string>
#include <vector>

namespace bradawl::table {

enum class Format { automatic, csv, tsv, ndjson };

/// How rows are spelled.
struct RowsOptions {
    Format format = Format::automatic;
    char separator = 0;  ///< 0: what the first line has
    bool header = true;
    std::vector<std::string> missing_words;  ///< beside nothing at all, NA, N/A, NaN, null and the like …
    std::vector<std::string> missing_in;     ///< … in these columns; none: in all
    std::vector<std::string> names;          ///< of the columns, where there is no header
};

}  // namespace bradawl::table
