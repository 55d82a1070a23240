#pragma once

#include <csignal>
#include <string_view>

#include "core/unique_fd.hpp"

namespace bradawl::proc {

/// The whole life of a guardian, in the process that was forked for it with all signals blocked: takes GuardianOrders
/// from `socket` and answers with GuardianEvents. `name` and `ignored` as for Guardian::fork().
[[noreturn]] void run_guardian(UniqueFd socket, std::string_view name, const sigset_t& ignored) noexcept;

}  // namespace bradawl::proc
