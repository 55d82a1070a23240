#pragma once

#include <string>

#include "finance/report.hpp"

namespace bradawl::finance {

/// An SVG document: the assets' shares of risk as bars, and the first rolling volatility as a line.
std::string to_svg(const Report& report);

}  // namespace bradawl::finance
