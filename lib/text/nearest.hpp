#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bradawl::text {

/// The word of `known` that `word` is most likely a slip of (least edit distance with swaps counted as one, at most a
/// third of its length, 2 at least); empty when none is near.
std::string nearest(std::string_view word, std::span<const std::string> known);

}  // namespace bradawl::text
