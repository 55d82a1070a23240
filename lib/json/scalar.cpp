#include "json/scalar.hpp"

#include "json/grammar.hpp"

namespace bradawl::json {

bool is_scalar(const char* at, const char* end) noexcept {
    switch (*at) {
        case 't':
            return is_word(at, end, "true");
        case 'f':
            return is_word(at, end, "false");
        case 'n':
            return is_word(at, end, "null");
        default:
            return read_number(at, end).what == nullptr;
    }
}

}  // namespace bradawl::json
