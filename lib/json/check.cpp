#include "json/check.hpp"

#include "json/reader.hpp"

namespace bradawl::json {

std::optional<Problem> check(std::string_view text) noexcept {
    Ignore ignore;
    return read(text, ignore);
}

}  // namespace bradawl::json
