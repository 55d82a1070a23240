#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "schema/schema.hpp"

namespace bradawl::record {

/// Finds the ends of records whose length shows without evaluating anything: fields of fixed size, utf, arrays of such
/// elements and regions of bytes with their length in front. Several times as fast as a Walk.
class SimpleRecords {
public:
    /// Nothing when records of this section are not so simple.
    static std::optional<SimpleRecords> of(const schema::Section& section);

    struct Found {
        std::size_t end = 0;        ///< behind the last whole record
        std::uint64_t records = 0;  ///< how many there are
    };

    /// Looks at `bytes` from the beginning of a record on, and stops where one is not whole or has a negative length.
    Found find(std::span<const std::uint8_t> bytes) const;

private:
    /// Bytes of fixed number, then a length, then so many elements.
    struct Stretch {
        std::uint32_t fixed = 0;
        std::uint32_t length = 0;  ///< bytes of the length; 0: the record ends
        bool is_signed = false;
        std::uint64_t element = 0;
    };

    bool add(const schema::Type& type);
    void add_length(schema::Kind kind, std::uint64_t element);
    static std::int64_t load(const Stretch& stretch, const std::uint8_t* at);

    std::vector<Stretch> stretches_;
};

}  // namespace bradawl::record
