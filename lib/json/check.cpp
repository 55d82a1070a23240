#include "json/check.hpp"

#include "json/kernel.hpp"
#include "json/reader.hpp"

namespace bradawl::json {

// The kernels judge without places; the reader, slower, finds where a text that they refuse is wrong.
std::optional<Problem> check(std::string_view text) noexcept {
    if (kernel().holds(text.data(), text.size())) [[likely]]
        return std::nullopt;
    Ignore ignore;
    return read(text, ignore);
}

}  // namespace bradawl::json
