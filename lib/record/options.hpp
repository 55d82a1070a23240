#pragma once

#include <cstdint>

namespace bradawl::record {

/// What becomes of the sections around the records.
enum class HeaderForm {
    line,   ///< the header is the first line, the trailer the last
    drop,   ///< neither is shown; encoding fills in what is constant
    merge,  ///< the header's members stand in front in every record; the trailer is dropped
};

struct DecodeOptions {
    HeaderForm header = HeaderForm::line;
    std::uint64_t skip = 0;                   ///< records, or with `each` lines, to pass over
    std::uint64_t limit = ~std::uint64_t{0};  ///< records, or with `each` lines, to show
    bool strict = false;                      ///< refuse what Java would read but not write
    bool each = false;                        ///< the schema was made with Wish::each
};

}  // namespace bradawl::record
