#pragma once

#include <memory>
#include <string>

#include "finance/options.hpp"
#include "finance/row_source.hpp"
#include "io/input.hpp"
#include "io/lines.hpp"

namespace bradawl::finance {

/// The longest line of a table.
inline constexpr std::size_t longest_line = 64 << 20;

/// Looks at the first lines of an input and makes a reader of its format and shape. `input` and `lines` are used as
/// long as the result. Errors: Fault::data, Fault::usage for columns that are not there.
std::unique_ptr<RowSource> open_rows(io::Input& input, io::LineReader& lines, const InputOptions& options);

}  // namespace bradawl::finance
