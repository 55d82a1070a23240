#pragma once

namespace bradawl {

/// The version of the toolkit, `X.Y.Z`, as CMakeLists.txt states it.
const char* version() noexcept;

}  // namespace bradawl
