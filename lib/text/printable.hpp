#pragma once

#include <string>
#include <string_view>

namespace bradawl::text {

/// `bytes` made safe for a terminal and a log line: control characters, bytes that are no UTF-8 and the backslash are
/// written `\xNN` (`\n`, `\r`, `\t`, `\\`); cut after `limit` bytes with `...`. Foreign bytes in a message go through
/// here.
std::string printable(std::string_view bytes, std::size_t limit = 80);

}  // namespace bradawl::text
