#pragma once

#include <string>

#include "finance/options.hpp"
#include "finance/report.hpp"

namespace bradawl::finance {

/// The report as one JSON object, without a line feed. Keys do not change within a `schema`.
std::string to_json(const Report& report, const Parts& parts);

/// A line of JSON an asset.
std::string to_ndjson(const Report& report);

/// CSV with a line an asset, and one for the portfolio.
std::string to_csv(const Report& report);

}  // namespace bradawl::finance
