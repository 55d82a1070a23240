#pragma once

#include <cstdint>
#include <string_view>

#include "core/error.hpp"

namespace bradawl::http {

/// The bytes are no gzip, or a checksum or length is wrong (RFC 1952 section 2.3.1.2).
class CorruptGzip : public Error {
public:
    using Error::Error;
};

/// Reads the header of a gzip member (RFC 1952 section 2.3) that may be cut anywhere; nothing of it is kept.
class GzipHeader {
public:
    /// Takes what belongs to the header off `rest`. Errors: CorruptGzip.
    void take(std::string_view& rest);

    bool complete() const { return part_ == Part::end; }

private:
    enum class Part { fixed, extra_length, extra, name, comment, checksum, end };

    void byte(std::uint8_t value);
    void fixed(std::uint8_t value);
    void next();
    bool has(Part part) const;

    Part part_ = Part::fixed;
    std::uint32_t at_ = 0;      // bytes of this part taken so far
    std::uint32_t number_ = 0;  // of the part that is a number: its bytes so far
    std::uint32_t extra_ = 0;   // length of the part `extra`
    std::uint32_t checksum_ = 0;
    std::uint8_t flags_ = 0;
};

}  // namespace bradawl::http
