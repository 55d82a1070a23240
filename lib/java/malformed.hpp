#pragma once

#include <cstdint>
#include <string>

#include "core/error.hpp"

namespace bradawl::java {

/// Bytes that are not what they have to be, or go beyond a limit: Fault::data. Knows where, so that whoever knows the
/// input's name and the record can put them in front (at_byte()).
class Malformed : public Error {
public:
    /// `text`: what is wrong, with a likely mend in parentheses where one is known.
    Malformed(std::uint64_t offset, const std::string& text) : Error(Fault::data, text), offset_(offset) {}

    std::uint64_t offset() const noexcept { return offset_; }

    /// `INPUT: byte 96 (0x60): WHERE: text`, without `WHERE: ` when it is empty.
    Error at_byte(const std::string& input, const std::string& where) const;

private:
    std::uint64_t offset_;
};

}  // namespace bradawl::java
