#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bradawl::finance {

/// A count as save_bits() writes a double.
void save_count(std::uint64_t count, std::string& text);

/// Reads one back. False, and `count` as it was, unless a whole number from `least` to `most` stands there: what a file
/// says is not believed before it sizes memory or divides.
bool load_count(std::string_view& text, std::uint64_t& count, std::uint64_t least = 0,
                std::uint64_t most = std::uint64_t{1} << 53);

/// Reads a count of doubles that `text` must still hold.
bool load_size(std::string_view& text, std::uint64_t& size);

}  // namespace bradawl::finance
