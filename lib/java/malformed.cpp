#include "java/malformed.hpp"

#include <fmt/format.h>

namespace bradawl::java {

Error Malformed::at_byte(const std::string& input, const std::string& where) const {
    const std::string place = fmt::format("{}: byte {} ({:#x})", input, offset_, offset_);
    return where.empty() ? at(place) : at(where).at(place);
}

}  // namespace bradawl::java
