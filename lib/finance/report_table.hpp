#pragma once

#include <cstddef>
#include <string>

#include "finance/options.hpp"
#include "finance/report.hpp"

namespace bradawl::finance {

/// How a person is shown a report.
struct TableLook {
    bool ascii = false;      ///< no bars and blocks of Unicode
    bool percent = true;     ///< 13.19 % instead of 0.1319
    int digits = 4;          ///< significant ones of volatilities
    std::size_t width = 80;  ///< of a line at most
};

/// The report as lines of text.
std::string to_table(const Report& report, const Parts& parts, const TableLook& look);

/// Values as a row of eight heights.
std::string sparkline(const std::vector<double>& values, bool ascii);

/// A bar of `cells` cells for 1, in eighths of a cell.
std::string bar(double part, std::size_t cells, bool ascii);

}  // namespace bradawl::finance
