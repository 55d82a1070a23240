#pragma once

#include <sys/types.h>

#include <cstdint>

#include "core/clock.hpp"
#include "core/unique_fd.hpp"

namespace bradawl::proc {

/// A message to the guardian, one packet of its socket. Its answers are GuardianEvents, a packet each.
struct GuardianOrder {
    enum class Kind : std::int32_t { start, extend, signal, end, leave };
    Kind kind{};
    std::int32_t number = 0;     ///< signal: which; start: how many of the texts are arguments
    TimePoint kill_at{};         ///< start, extend
    Duration grace{};            ///< start
    std::int64_t hand_over = 0;  ///< start: not 0 for yes; as wide as this, it leaves no bytes of the packet unset

    // With `start` comes a descriptor (SCM_RIGHTS): a file in memory with the arguments and then the variables, a zero
    // byte after each. There is no limit to its size, as there is for packets.
};

/// Sends `order`, with a copy of descriptor `attached` unless that is -1; `flags` as for sendmsg(). That the guardian
/// has died is no error here: it is an event. Safe in any thread.
void send_order(int socket, GuardianOrder order, int flags, int attached = -1) noexcept;

/// An order as it arrived.
struct ReceivedOrder {
    GuardianOrder order;
    UniqueFd attached;
    ssize_t size = 0;  ///< as recvmsg() gives it
};

/// The next order, without waiting.
ReceivedOrder receive_order(int socket) noexcept;

}  // namespace bradawl::proc
