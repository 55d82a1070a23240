#pragma once

#include <string>
#include <string_view>

namespace bradawl::text {

/// `text` as character data of XML: what would mean something there is written as an entity.
std::string to_xml(std::string_view text);

}  // namespace bradawl::text
