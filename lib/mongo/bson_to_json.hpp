#pragma once

#include <string>
#include <string_view>

namespace bradawl::mongo {

/// The two forms of MongoDB Extended JSON v2.
enum class JsonForm {
    relaxed,    ///< numbers and dates of the years 1970 to 9999 as people write them; loses their exact type
    canonical,  ///< every type kept
};

/// Which elements of a document's top level to print.
enum class PrintId { yes, no };

/// Appends the BSON document, whose bytes may be anything, to `out` as Extended JSON v2 without white space.
/// Errors: Fault::data, when it is malformed, holds what is not UTF-8, or is nested deeper than 200 levels (more than
/// any server hands out); `out` is then as it was.
void bson_to_json(std::string_view document, JsonForm form, PrintId print_id, std::string& out);

}  // namespace bradawl::mongo
