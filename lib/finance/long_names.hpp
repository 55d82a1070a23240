#pragma once

#include <string>

#include "finance/options.hpp"

namespace bradawl::finance {

/// Whether a column or member of that name holds the assets' names of the long form: the one that --ticker names, or
/// else one with a usual name.
bool is_asset_name(const std::string& name, const InputOptions& options);

/// The same for values.
bool is_value_name(const std::string& name, const InputOptions& options);

}  // namespace bradawl::finance
