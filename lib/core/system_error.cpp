#include "core/system_error.hpp"

#include <cctype>
#include <system_error>

namespace bradawl {

Error system_error(Fault fault, std::string_view what, int code) {
    std::string why = std::generic_category().message(code);
    // Messages are lower case, but an acronym such as "RPC" stays as it is.
    if (why.size() > 1 && std::islower(static_cast<unsigned char>(why[1])) != 0) {
        why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
    }
    return {fault, std::string(what) + ": " + why};
}

}  // namespace bradawl
