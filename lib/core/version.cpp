#include "core/version.hpp"

namespace bradawl {

const char* version() noexcept {
    return BRADAWL_VERSION;
}

}  // namespace bradawl
