#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bradawl::text {

/// `bytes` in base64 with padding (RFC 4648 section 4).
std::string to_base64(std::string_view bytes);

/// The bytes that `text` stands for (RFC 4648 section 4: padded, no other characters); nothing when it is not base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace bradawl::text
